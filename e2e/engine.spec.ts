import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import everyday from '../golden/everyday.json' with { type: 'json' };
import backboneGolden from '../golden/backbone.json' with { type: 'json' };
import sppGolden from '../golden/spp.json' with { type: 'json' };
import type { ClassifyOptions } from '../src/client/consoleHandle.ts';
import { expect, hasShared, LONG, NO_SHARED, SHARED, test } from './fixtures.ts';

/** Pixels of a golden backbone case: the formula of golden/backbone.json, as bytes. */
function goldenPixels(height: number, width: number, seed: number): number[] {
  return Array.from({ length: height * width * 3 }, (_, i) => {
    let h = Math.imul((i >> 4) + seed * 7919, 2654435761) >>> 0;
    h = (h ^ (h >>> 15)) >>> 0;
    h = Math.imul(h, 2246822519) >>> 0;
    h = (h ^ (h >>> 13)) >>> 0;
    return h % 256;
  });
}

async function features(page: Page, height: number, width: number, rgb: number[], backbone: 'embedded' | 'imagenet') {
  return page.evaluate(
    async ([height, width, rgb, backbone]) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      const image = context.createImageData(width, height);
      for (let i = 0; i < width * height; i++) {
        for (let c = 0; c < 3; c++) image.data[4 * i + c] = rgb[3 * i + c] ?? 0;
        image.data[4 * i + 3] = 255;
      }
      context.putImageData(image, 0, 0);
      const blob = await canvas.convertToBlob();
      const policy = { kind: 'native', maxPixels: 1e7 } as const;
      const { shape, data } = await window.anysize.features(blob, { policy, backbone });
      return { shape, data: Array.from(data) };
    },
    [height, width, rgb, backbone] as const,
  );
}

// WebGPU in software is slow, and the kernel tests hold it to the small maps.
for (const [backend, most, details] of [
  ['wasm', Number.POSITIVE_INFINITY, {}],
  ['webgpu', 14_000, LONG],
] as const) {
  const name = `embedded feature maps of up to ${most} pixels agree with the genuine backbone on ${backend}`;
  test(name, details, async ({ engine }) => {
    const page = await engine(backend);
    const cases = backboneGolden.cases.filter(({ size: [height = 0, width = 0] }) => height * width <= most);
    expect(cases.length).toBeGreaterThan(3);
    for (const golden of cases) {
      const [height = 0, width = 0] = golden.size;
      const map = await features(page, height, width, goldenPixels(height, width, golden.seed), 'embedded');
      expect([1, ...map.shape]).toEqual(golden.featureMap);
      let dot = 0;
      let ours = 0;
      let theirs = 0;
      golden.index.forEach((index, i) => {
        const a = map.data[index] ?? Number.NaN;
        const b = golden.value[i] ?? Number.NaN;
        dot += a * b;
        ours += a * a;
        theirs += b * b;
      });
      if (theirs === 0) expect(ours).toBe(0);
      else expect(dot / Math.sqrt(ours * theirs)).toBeGreaterThanOrEqual(0.99);
    }
  });
}

for (const [backend, details] of [
  ['wasm', {}],
  ['webgpu', LONG],
] as const) {
  test(
    `the console's spp gives PyTorch's answers on ${backend}, and its errors by name`,
    details,
    async ({ engine }) => {
      const page = await engine(backend);
      // The kernel tests take every case on WebGPU; here it is the way from the console and back.
      const every = backend === 'webgpu' ? 16 : 4;
      const cases = sppGolden.cases.filter((_, i) => i % every === 0 || i < 4);
      for (const golden of cases) {
        const outcome = await page.evaluate(async ({ shape, seed, levels, rule }) => {
          const [, height = 0, width = 0, channels = 0] = shape;
          const data = Array.from({ length: height * width * channels }, (_, i) => {
            let h = Math.imul(i + seed * 7919, 2654435761) >>> 0;
            h = (h ^ (h >>> 15)) >>> 0;
            h = Math.imul(h, 2246822519) >>> 0;
            h = (h ^ (h >>> 13)) >>> 0;
            return Math.min(6, Math.max(0, (h % 40960) / 4096 - 2));
          });
          try {
            const options = { levels, rule: rule as 'adaptive' | 'paper' };
            const result = await window.anysize.spp({ shape: [height, width, channels], data }, options);
            return { shape: result.shape, data: Array.from(result.data) };
          } catch (error) {
            return { error: (error as Error).name };
          }
        }, golden);
        if ('error' in golden && golden.error) {
          expect(outcome).toEqual({ error: 'PaperRuleError' });
          continue;
        }
        const channels = golden.shape[3] ?? 0;
        const expected: number[] = [];
        let at = 0;
        for (const n of golden.levels) {
          for (let bin = 0; bin < n * n; bin++) {
            for (let c = 0; c < channels; c++) expected.push(golden.output?.[at + c * n * n + bin] ?? Number.NaN);
          }
          at += n * n * channels;
        }
        expect(outcome).toEqual({ shape: [1, expected.length], data: expected });
      }
    },
  );
}

test('a thumbnail comes with an answer where it is asked for, and only there', async ({ engine }) => {
  const page = await engine('wasm');
  const made = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(400, 200);
    canvas.getContext('2d')?.fillRect(0, 0, 400, 200);
    const blob = await canvas.convertToBlob();
    const sizes = [];
    for (const thumbnail of [undefined, false, true]) {
      const { analysis } = await window.anysize.classify(blob, {
        head: 'none',
        ...(thumbnail !== undefined && { thumbnail }),
      });
      sizes.push(analysis.thumbnail && (await createImageBitmap(analysis.thumbnail)).width);
    }
    return sizes;
  });
  expect(made).toEqual([null, null, 160]);
});

const known = hasShared
  ? readFileSync(join(SHARED, 'images/known/tags.tsv'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('\t') as [string, string])
      .filter(([file]) => readdirSync(join(SHARED, 'images/known')).includes(file))
  : [];

type Asked = Pick<ClassifyOptions, 'policy' | 'head' | 'looks'>;

function classify(page: Page, file: string, asked: Asked) {
  const bytes = readFileSync(join(SHARED, 'images/known', file)).toString('base64');
  return page.evaluate(
    async ([bytes, asked]) => {
      const blob = new Blob([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))]);
      const answer = await window.anysize.classify(blob, asked);
      return answer.map(({ label, score }) => ({ label, score }));
    },
    [bytes, asked] as const,
  );
}

/** ImageNet's first name for a teddy bear is “teddy”. */
const holds = (label: string, tag: string) => label.includes(tag) || (tag === 'teddy bear' && label === 'teddy');

/** How many of the known photos hold their tag in the first name, and in one of the five. */
async function hits(page: Page, asked: Asked): Promise<{ first: number; five: number }> {
  const found = { first: 0, five: 0 };
  for (const [file, tag] of known) {
    const answer = await classify(page, file, asked);
    if (holds(answer[0]?.label ?? '', tag)) found.first++;
    if (answer.some(({ label }) => holds(label, tag))) found.five++;
  }
  const line = `known photos, ${JSON.stringify(asked)}: first ${found.first}, among five ${found.five} of ${known.length}`;
  test.info().annotations.push({ type: 'hits', description: line });
  process.stdout.write(`${line}\n`);
  return found;
}

test.describe('with the built-in classes', () => {
  test.skip(!hasShared, NO_SHARED);

  test('known photos: the tag first for at least 12 of 19, and among the five for all', async ({ engine }) => {
    const { first, five } = await hits(await engine('wasm'), {});
    expect(first).toBeGreaterThanOrEqual(12);
    expect(five).toBe(19);
  });

  test('the answer from the file is the one from the known means, and a cell’s evidence and the bias sum to the logit', async ({
    engine,
  }) => {
    const page = await engine('wasm');
    for (const { photo, top } of everyday.cases.slice(0, 4)) {
      const [best] = await classify(page, photo, {});
      expect(best?.label).toBe(top[0]?.name);
      // Resampled by the browser, not by Pillow.
      expect(Math.abs((best?.score ?? 0) - (top[0]?.p ?? 0))).toBeLessThan(0.08);
    }
    const bytes = readFileSync(join(SHARED, 'images/known/pizza.jpg')).toString('base64');
    for (const looks of [1, 2] as const) {
      const { logits, evidence, said } = await page.evaluate(
        async ([bytes, looks]) => {
          const blob = new Blob([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))]);
          const { logits, evidence, said } = await window.anysize.inspect(blob, { looks });
          return { logits, said, evidence: evidence.map((one) => ({ ...one, cells: Array.from(one.cells ?? []) })) };
        },
        [bytes, looks] as const,
      );
      expect(logits).toMatchObject({ factor: looks === 2 ? 1 : 1.3 });
      expect(logits?.looks).toHaveLength(looks);
      expect(said).toMatchObject({ kind: 'name', name: 'pizza' });
      expect(evidence).toHaveLength(5);
      for (const { cells, bias, logit } of evidence) {
        expect(Math.abs(cells.reduce((sum, value) => sum + value, bias) - logit)).toBeLessThan(1e-3);
      }
    }
  });
});

test.describe('with the official ImageNet model', () => {
  test.skip(!hasShared, NO_SHARED);

  test('known photos: the tag first for at least 16 and among the five for at least 18 of 19, at one look and at two', async ({
    engine,
  }) => {
    for (const looks of [1, 2] as const) {
      const { first, five } = await hits(await engine('wasm'), { head: 'imagenet', looks });
      expect(first).toBeGreaterThanOrEqual(16);
      expect(five).toBeGreaterThanOrEqual(18);
    }
  });

  for (const [count, details] of [[6, LONG]] as const) {
    test(
      `webgpu and wasm give the same top five of ${count} photos, scores within 1e-3`,
      details,
      async ({ engine }) => {
        test.setTimeout(300_000);
        const small = { policy: { kind: 'area', side: 96 }, head: 'imagenet' } as const;
        const [wasm, webgpu] = [await engine('wasm'), await engine('webgpu')];
        for (const [file] of known.slice(0, count)) {
          const [one, other] = [await classify(wasm, file, small), await classify(webgpu, file, small)];
          expect(other.map(({ label }) => label)).toEqual(one.map(({ label }) => label));
          other.forEach(({ score }, k) => expect(Math.abs(score - (one[k]?.score ?? Number.NaN))).toBeLessThan(1e-3));
        }
      },
    );
  }
});
