/** Any size for real: small and thin images, many sizes, large ones, several scales. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, hasShared, LONG, NO_SHARED, openEngine, SHARED, test } from './fixtures.ts';
import { peakMemory } from '../tools/peakMemory.ts';

test('small and thin images are classified, and a minimum side scales them up', async ({ engine }) => {
  const page = await engine('wasm');
  const outcomes = await page.evaluate(async () => {
    const answers: Record<string, unknown> = {};
    for (const [width, height, minSide] of [
      [1, 1],
      [1, 5000],
      [5000, 1],
      [16, 4000],
      [31, 31],
      [1, 1, 64],
      [16, 400, 64],
    ] as const) {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      if (context) context.fillStyle = '#c84';
      context?.fillRect(0, 0, width, height);
      const blob = await canvas.convertToBlob();
      for (const policy of ['native', 'area'] as const) {
        const options = { policy, head: 'none', ...(minSide ? { minSide } : {}) } as const;
        const { plan, map, vector } = await window.anysize.inspect(blob, options);
        answers[`${width}×${height} ${policy}${minSide ? ` ≥ ${minSide}` : ''}`] = [
          `${plan.input.width}×${plan.input.height}`,
          map.width === Math.ceil(plan.input.width / 32) && map.height === Math.ceil(plan.input.height / 32),
          vector.length === 26_880 && vector.every((value) => value >= 0 && value <= 6),
        ];
      }
    }
    return answers;
  });
  expect(outcomes).toEqual({
    '1×1 native': ['1×1', true, true],
    '1×1 area': ['300×300', true, true],
    '1×5000 native': ['1×5000', true, true],
    '1×5000 area': ['4×21213', true, true],
    '5000×1 native': ['5000×1', true, true],
    '5000×1 area': ['21213×4', true, true],
    '16×4000 native': ['16×4000', true, true],
    '16×4000 area': ['19×4743', true, true],
    '31×31 native': ['31×31', true, true],
    '31×31 area': ['300×300', true, true],
    '1×1 native ≥ 64': ['64×64', true, true],
    '1×1 area ≥ 64': ['300×300', true, true],
    '16×400 native ≥ 64': ['64×1600', true, true],
    '16×400 area ≥ 64': ['64×1600', true, true],
  });
});

/** A stream of images of `count` sizes, no two alike, leaves nothing behind. */
for (const [backend, count, details] of [
  ['wasm', 12, {}],
  ['wasm', 100, LONG],
  ['webgpu', 60, LONG],
] as const) {
  const name = `${count} images of ${count} sizes on ${backend}: memory stays bounded, no tensor is left`;
  test(name, details, async ({ engine }) => {
    test.setTimeout(300_000);
    const page = await engine(backend, backend === 'wasm' ? 'heap of its own' : '');
    const { tensors, gpu, wasm } = await page.evaluate(async (count) => {
      const tensors = new Set<number>();
      let gpu = 0;
      let wasm = 0;
      for (let i = 0; i < count; i++) {
        const canvas = new OffscreenCanvas(33 + i, 33 + ((i * 37) % 64));
        canvas.getContext('2d')?.fillRect(0, 0, 20, 20);
        await window.anysize.vector(await canvas.convertToBlob(), { policy: 'native' });
        const memory = await window.anysize.memory();
        tensors.add(memory.numTensors);
        gpu = Math.max(gpu, memory.numBytesAllocatedInGPU ?? 0);
        wasm = Math.max(wasm, memory.wasmHeapBytes ?? 0);
      }
      return { tensors: tensors.size, gpu, wasm };
    }, count);
    process.stdout.write(
      `${backend}: GPU ≤ ${(gpu / 2 ** 20).toFixed(0)} MiB, WASM heap ${(wasm / 2 ** 20).toFixed(0)} MiB\n`,
    );
    // The empty page's own photos may still be at work when this begins; a tensor left by every image would give as many counts as images.
    expect(tensors).toBeLessThanOrEqual(2);
    expect(gpu).toBeLessThan(400 * 2 ** 20);
    expect(wasm).toBeLessThan(128 * 2 ** 20);
  });
}

test.describe('with large and labelled images', () => {
  test.use({ imagenet: 'available' });
  test.skip(!hasShared, NO_SHARED);
  const file = join(SHARED, 'images/hostile/31_24MP_6000x4000.jpg');

  test('24 megapixels, taken to one: classified in tiles', async ({ engine }) => {
    const page = await engine('wasm');
    await page.route('**/large-image', (route) => route.fulfill({ path: file }));
    const outcome = await page.evaluate(async () => {
      const blob = await (await fetch('/large-image')).blob();
      const policy = { kind: 'fit', side: 800 } as const;
      const { analysis } = await window.anysize.classify(blob, { policy, tileBudget: 780 * 780 });
      const { plan, map, tiles, top, vectorLength } = analysis;
      return { plan, map, tiles, top, vectorLength };
    });
    await page.unroute('**/large-image');
    expect(outcome.plan.input).toEqual({ width: 1200, height: 800 });
    expect(outcome.map).toEqual({ height: 25, width: 38, channels: 1280 });
    expect(outcome.tiles?.count).toBeGreaterThan(1);
    expect(outcome.vectorLength).toBe(26_880);
    expect(outcome.top).toHaveLength(5);
  });

  test('24 megapixels are classified at their native size on wasm within 1.5 GB', LONG, async ({ page, browser }) => {
    test.setTimeout(400_000);
    await page.route('**/large-image', (route) => route.fulfill({ path: file }));
    await openEngine(page, 'wasm');
    const outcome = await page.evaluate(async () => {
      const blob = await (await fetch('/large-image')).blob();
      const { analysis } = await window.anysize.classify(blob, { policy: 'native' });
      const { plan, map, tiles, top, vectorLength, times } = analysis;
      return { plan, map, tiles, top, vectorLength, seconds: times.total / 1000 };
    });
    expect(outcome.plan.input).toEqual({ width: 6000, height: 4000 });
    expect(outcome.map).toEqual({ height: 125, width: 188, channels: 1280 });
    expect(outcome.tiles?.count).toBeGreaterThan(1);
    expect(outcome.vectorLength).toBe(26_880);
    expect(outcome.top).toHaveLength(5);
    const peak = await peakMemory(browser);
    const megabytes = peak === null ? 'unknown' : (peak / 1e6).toFixed(0);
    process.stdout.write(
      `24 MP native: ${outcome.seconds.toFixed(0)} s, ${outcome.tiles?.count} tiles, peak of the renderer ${megabytes} MB\n`,
    );
    if (peak !== null) expect(peak).toBeLessThan(1.5e9);
  });

  test('several scales: each with its own scores, and the mean of their probabilities', async ({ engine }) => {
    const page = await engine('wasm');
    const bytes = readFileSync(join(SHARED, 'images/known', 'broccoli.jpg')).toString('base64');
    const { one, result, averaged } = await page.evaluate(async (bytes) => {
      const blob = new Blob([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))]);
      const result = await window.anysize.scales(blob, [224, 360]);
      const one = await window.anysize.classify(blob, { policy: { kind: 'fit', side: 224 } });
      const averaged = await window.anysize.classify(blob, { scales: [224, 360] });
      return { one: [...one], result, averaged: [...averaged] };
    }, bytes);
    expect(result.scales.map(({ scale }) => scale)).toEqual([224, 360]);
    expect(result.scales.map(({ plan }) => Math.min(plan.input.width, plan.input.height))).toEqual([224, 360]);
    expect(result.scales[0]?.top.map(({ label }) => label)).toEqual(one.map(({ label }) => label));
    const scores = result.scales.map(({ top }) => top[0]?.score ?? Number.NaN);
    const best = result.average[0];
    if (result.scales.every(({ top }) => top[0]?.index === best?.index)) {
      expect(best?.score).toBeCloseTo(((scores[0] ?? 0) + (scores[1] ?? 0)) / 2, 5);
    }
    expect(averaged).toEqual(result.average);
  });
});
