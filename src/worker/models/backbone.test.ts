import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { agreement, goldenCase, goldenCases, middleAgreement, middleCases } from './backbone.golden.ts';
import { type Backbone, loadEmbeddedBackbone } from './backbone.ts';

const PUBLIC = new URL('../../../public/', import.meta.url);

/** Serves public/ at http://app.test/<mount>/ and counts the requests. */
function servePublic(mount: string) {
  const base = `http://app.test/${mount}/`;
  const fetched = vi.fn(async (url: string | URL | Request) => {
    const path = String(url).slice(base.length);
    return new Response(await readFile(fileURLToPath(new URL(path, PUBLIC))));
  });
  vi.stubGlobal('fetch', fetched);
  return { base, fetched };
}

afterEach(() => vi.unstubAllGlobals());

// The plain-JavaScript backend is slow: it gets the small images.
const small = ({ size }: { size: number[] }) => size[0]! * size[1]! <= 2200;
const CASES = { cpu: goldenCases.filter(small), wasm: goldenCases };
const MIDDLE_CASES = { cpu: middleCases.filter(small), wasm: middleCases };

describe.each(['wasm', 'cpu'] as const)('the embedded backbone on %s', (backend) => {
  let backbone: Backbone;
  const progress: number[] = [];

  beforeAll(async () => {
    await tf.setBackend(backend);
    const { base } = servePublic(backend);
    backbone = await loadEmbeddedBackbone(base, (fraction) => progress.push(fraction));
  });
  afterAll(() => backbone.dispose());

  test('reports rising progress that ends at 1', () => {
    expect(progress.length).toBeGreaterThan(0);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
  });

  test.each(CASES[backend].map((golden) => [golden.size.join('×'), golden] as const))(
    'agrees with the float32 original at %s',
    async (size, golden) => {
      const { shape, cosine, max, leaked } = await agreement(backbone, golden);
      expect(tf.getBackend()).toBe(backend);
      expect(shape).toEqual(golden.featureMap.slice(1));
      expect(leaked).toBe(0);
      if (size === '1×1') expect(max).toBe(0);
      else expect(cosine).toBeGreaterThanOrEqual(0.99);
    },
  );

  test.each(MIDDLE_CASES[backend].map((golden) => [golden.size.join('×'), golden] as const))(
    'gives its middle layer in the same pass at %s',
    async (_size, golden) => {
      const { shape, cosine, leaked, lastDiffers } = await middleAgreement(backbone, golden);
      expect(shape).toEqual(golden.shape);
      expect(leaked).toBe(0);
      expect(lastDiffers).toBe(0);
      expect(cosine).toBeGreaterThanOrEqual(0.99);
    },
  );
});

test('is built again on another backend without a second download', async () => {
  const { base, fetched } = servePublic('again');
  await tf.setBackend('wasm');
  (await loadEmbeddedBackbone(base)).dispose();
  expect(fetched).toHaveBeenCalledTimes(2);

  await tf.setBackend('cpu');
  const rebuilt = await loadEmbeddedBackbone(base);
  expect(fetched).toHaveBeenCalledTimes(2);
  expect((await agreement(rebuilt, goldenCase(32, 32))).cosine).toBeGreaterThanOrEqual(0.99);
  rebuilt.dispose();
});

test('leaves no tensor behind once disposed', async () => {
  const { base } = servePublic('disposed');
  const before = tf.memory().numTensors;
  const backbone = await loadEmbeddedBackbone(base);
  expect(tf.memory().numTensors).toBeGreaterThan(before);
  backbone.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('says what is wrong when the model is not there', async () => {
  vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
  await expect(loadEmbeddedBackbone('http://app.test/missing/')).rejects.toMatchObject({
    name: 'BadModel',
    message: expect.stringContaining('app.test answered 404 for model.json'),
  });
});

test('refuses what is not an image', async () => {
  const { base } = servePublic('shapes');
  const backbone = await loadEmbeddedBackbone(base);
  const grey = tf.zeros<tf.Rank.R3>([8, 8, 1]);
  expect(() => backbone.run(grey)).toThrow(/\[height, width, 3\].*\[8, 8, 1\]/);
  grey.dispose();
  backbone.dispose();
});
