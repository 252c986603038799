/** Any size for real: tiles, small and thin images, many sizes, a lost GPU. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, hasShared, NO_SHARED, SHARED, test } from './fixtures.ts';
import { peakMemory } from '../tools/peakMemory.ts';

async function open(page: Page, backend: string): Promise<void> {
  await page.goto(`./?backend=${backend}`);
  await page.evaluate(() => window.anysize.ready);
  expect(await page.evaluate(() => window.anysize.backend)).toBe(backend);
}

/** About 24 × 24 cells, 8 × 8 of them without halo. */
const SMALL_BUDGET = 780 * 780;

/** Draws a seeded image of `width` × `height` in the page and compares its vector in one piece with the one from tiles. */
function tiledAndWhole(
  page: Page,
  [width, height]: readonly [number, number],
  seed: number,
  {
    tileBudget = SMALL_BUDGET,
    pooling = 'max',
    view = false,
  }: { tileBudget?: number; pooling?: 'max' | 'mean'; view?: boolean },
) {
  return page.evaluate(
    async ({ width, height, seed, tileBudget, pooling, view }) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      const image = context.createImageData(width, height);
      let state = seed;
      for (let i = 0; i < image.data.length; i++) {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        const [x, y] = [(i >> 2) % width, Math.floor((i >> 2) / width)];
        const wave =
          128 + 60 * Math.sin((x * (seed % 7)) / 50 + y / 30) + 60 * Math.cos(x / 90 - (y * (seed % 5)) / 40);
        image.data[i] = i % 4 === 3 ? 255 : wave + (state >>> 26);
      }
      context.putImageData(image, 0, 0);
      const blob = await canvas.convertToBlob();
      const pyramid = { levels: [4, 2, 1], rule: 'adaptive' as const, pooling };
      const options = { policy: 'native', head: 'none', pyramid } as const;
      const whole = await window.anysize.inspect(blob, { ...options, tileBudget: 2 ** 24 });
      const vector = await window.anysize.vector(blob, { policy: 'native', pooling, tileBudget });
      const tiles: { done: number; total: number }[] = [];
      const onStage = (_: string, tile?: { done: number; total: number }) => tile && tiles.push(tile);
      const inspected = view ? await window.anysize.inspect(blob, { ...options, tileBudget, onStage }) : null;
      const difference = (other: Float32Array) =>
        other.length === whole.vector.length
          ? whole.vector.reduce((most, value, i) => Math.max(most, Math.abs(value - (other[i] ?? Number.NaN))), 0)
          : Number.NaN;
      return {
        untiled: whole.tiles,
        largest: Math.max(...whole.vector),
        difference: difference(vector.data),
        inspected: inspected && {
          tiles: inspected.tiles?.count ?? 1,
          progress: tiles.map(({ done, total }) => `${done}/${total}`),
          difference: difference(inspected.vector),
          otherArgmax: (inspected.argmax ?? []).filter((cell, i) => cell !== whole.argmax?.[i]).length,
        },
      };
    },
    { width, height, seed, tileBudget, pooling, view },
  );
}

// Seeded: the same ten sizes each time, none a multiple of 32, with every phase of 2, 4, 8, 16 and 32 among them.
const SIZES = Array.from({ length: 10 }, (_, i) => {
  const side = (k: number) => {
    const pixels = 800 + ((i * 397 + k * 211 + i * i * 53) % 700);
    return pixels % 32 === 0 ? pixels + 1 : pixels;
  };
  return [side(1), side(2)] as const;
});

test('tiles give the vector of the whole on wasm, at ten sizes up to 1500 px', async ({ page }) => {
  test.setTimeout(400_000);
  await open(page, 'wasm');
  let most = 0;
  for (const [i, side] of SIZES.entries()) {
    const pooling = i % 4 === 3 ? 'mean' : 'max';
    const found = await tiledAndWhole(page, side, 100 + i, { pooling, view: i < 2 });
    const size = side.join(' × ');
    expect(found.untiled, size).toBeNull();
    expect(found.largest, size).toBeGreaterThan(0.5);
    expect(found.difference, size).toBeLessThanOrEqual(1e-4);
    most = Math.max(most, found.difference);
    if (!found.inspected) continue;
    const { tiles } = found.inspected;
    expect(tiles, size).toBeGreaterThan(1);
    expect(found.inspected, size).toEqual({
      tiles,
      progress: Array.from({ length: tiles + 1 }, (_, done) => `${done}/${tiles}`),
      difference: found.difference,
      otherArgmax: 0,
    });
  }
  process.stdout.write(`tiled against whole on wasm: largest difference ${most.toExponential(1)}\n`);
});

for (const backend of ['webgpu', 'cpu'] as const) {
  test(`tiles give the vector of the whole on ${backend}`, async ({ page }) => {
    test.setTimeout(300_000);
    await open(page, backend);
    // Thin, for software GPUs: a few tiles along 25 cells.
    const found = await tiledAndWhole(page, [33, 25 * 32 - 5], 7, { tileBudget: 33 * 670, view: true });
    expect(found.untiled).toBeNull();
    expect(found.inspected?.tiles).toBeGreaterThan(1);
    expect(found.difference).toBeLessThanOrEqual(1e-4);
    expect(found.inspected?.difference).toBeLessThanOrEqual(1e-4);
  });
}

test('cancelling stops between tiles', async ({ page }) => {
  await open(page, 'wasm');
  const outcome = await page.evaluate(async (tileBudget) => {
    const canvas = new OffscreenCanvas(2000, 1999);
    canvas.getContext('2d')?.fillRect(0, 0, 500, 500);
    const controller = new AbortController();
    let last = 0;
    const onStage = (_: string, tile?: { done: number; total: number }) => {
      if (tile) last = tile.done;
      if (tile?.done === 2) controller.abort();
    };
    const options = { policy: 'native', head: 'none', tileBudget, onStage, signal: controller.signal } as const;
    const error = await window.anysize.classify(await canvas.convertToBlob(), options).catch((error: Error) => error);
    return { name: (error as Error).name, last };
  }, SMALL_BUDGET);
  expect(outcome.name).toBe('Cancelled');
  expect(outcome.last).toBeLessThanOrEqual(4);
});

test('small and thin images are classified, and a minimum side scales them up', async ({ page }) => {
  await open(page, 'wasm');
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

test('the GPU lost in a queue of 20: all are answered as before', async ({ page }) => {
  test.setTimeout(300_000);
  await open(page, 'webgpu');
  const outcome = await page.evaluate(async () => {
    const blobs = await Promise.all(
      Array.from({ length: 20 }, (_, i) => {
        const canvas = new OffscreenCanvas(40 + i, 33);
        canvas.getContext('2d')?.fillRect(i, 5, 12, 12);
        return canvas.convertToBlob();
      }),
    );
    const vector = (blob: Blob) => window.anysize.vector(blob, { policy: 'native' });
    const queue = blobs.map(vector);
    await queue[3];
    await window.anysize.loseDevice();
    const answers = await Promise.all(queue);
    const backend = window.anysize.backend;
    await window.anysize.use('wasm');
    const differences: number[] = [];
    for (const [i, blob] of blobs.entries()) {
      const { data } = await vector(blob);
      const other = answers[i]?.data;
      differences.push(
        data.reduce((most, value, k) => Math.max(most, Math.abs(value - (other?.[k] ?? Number.NaN))), 0),
      );
    }
    return {
      backend,
      allThere: answers.every(({ data }) => data.length === 26_880 && data.some((value) => value > 0)),
      largest: Math.max(...differences),
    };
  });
  expect(outcome.backend).toBe('webgpu');
  expect(outcome.allThere).toBe(true);
  expect(outcome.largest).toBeLessThan(1e-3);
});

test('the GPU lost while training photos become vectors: it comes back and the training ends with all photos', async ({
  page,
}) => {
  test.setTimeout(300_000);
  await open(page, 'webgpu');
  const outcome = await page.evaluate(async () => {
    const photo = (colour: string, i: number) => {
      const canvas = new OffscreenCanvas(48, 33 + i);
      const context = canvas.getContext('2d');
      if (context) context.fillStyle = colour;
      context?.fillRect(i, 0, 30, 33);
      return canvas.convertToBlob();
    };
    const many = (colour: string) => Promise.all(Array.from({ length: 6 }, (_, i) => photo(colour, i)));
    const training = window.anysize.train({
      classes: { red: await many('#c22'), blue: await many('#22c') },
      options: { vectors: { policy: { kind: 'native', maxPixels: 1e6 } } },
    });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await window.anysize.loseDevice();
    const { predictions, run } = await training;
    return { backend: window.anysize.backend, photos: predictions.length, failed: run.failed.length };
  });
  expect(outcome).toEqual({ backend: 'webgpu', photos: 12, failed: 0 });
});

/** A stream of images of `count` sizes, no two alike, leaves nothing behind. */
for (const [backend, count] of [
  ['wasm', 100],
  ['webgpu', 40],
] as const) {
  test(`${count} images of ${count} sizes on ${backend}: memory stays bounded, no tensor is left`, async ({ page }) => {
    test.setTimeout(300_000);
    await open(page, backend);
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
    expect(tensors).toBe(1);
    expect(gpu).toBeLessThan(400 * 2 ** 20);
    expect(wasm).toBeLessThan(128 * 2 ** 20);
  });
}

test.describe('with large and labelled images', () => {
  test.use({ labels: true });
  test.skip(!hasShared, NO_SHARED);

  test('24 megapixels are classified at their native size on wasm within 1.5 GB', async ({ page, browser }) => {
    test.setTimeout(400_000);
    const file = join(SHARED, 'images/hostile/31_24MP_6000x4000.jpg');
    await page.route('**/large-image', (route) => route.fulfill({ path: file }));
    await open(page, 'wasm');
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

  test('several scales: each with its own scores, and the mean of their probabilities', async ({ page }) => {
    await open(page, 'wasm');
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
