/** The official model, read through the real loading code from the reference files in $ANYSIZE_SHARED. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { load } from '@tensorflow-models/mobilenet';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { agreement, goldenCases } from '../models/backbone.golden.ts';
import { fetchImageNet, type ImageNetModel, loadImageNet } from './imagenet.ts';
import { IMAGENET_ADDRESSES } from '../../core/labels/imagenetAddresses.ts';
import { IMAGENET_NAMES } from './imagenetModel.ts';
import { modelHandler } from '../models/modelFiles.ts';

const REFERENCE = resolve(process.env['ANYSIZE_SHARED'] ?? '../shared', 'models', 'reference');
const OFFICIAL = IMAGENET_ADDRESSES[0];

function serveReference(): void {
  const folder = OFFICIAL.slice(0, OFFICIAL.lastIndexOf('/') + 1);
  vi.stubGlobal('fetch', async (url: string) =>
    url.startsWith(folder)
      ? new Response(await readFile(join(REFERENCE, url.slice(folder.length))))
      : new Response('', { status: 404 }),
  );
}

beforeAll(serveReference);
afterEach(serveReference);
afterAll(() => vi.unstubAllGlobals());

const CASES = { cpu: goldenCases.filter(({ size }) => size[0]! * size[1]! <= 2200), wasm: goldenCases };

describe.skipIf(!existsSync(REFERENCE)).each(['wasm', 'cpu'] as const)('the official model on %s', (backend) => {
  let model: ImageNetModel;

  beforeAll(async () => {
    await tf.setBackend(backend);
    model = await loadImageNet();
  }, 60_000);
  afterAll(() => model.dispose());

  test.each(CASES[backend].map((golden) => [golden.size.join('×'), golden] as const))(
    'gives the golden feature map at %s',
    async (_size, golden) => {
      const { shape, difference, leaked } = await agreement(model.backbone, golden);
      expect(tf.getBackend()).toBe(backend);
      expect(shape).toEqual(golden.featureMap.slice(1));
      expect(leaked).toBe(0);
      expect(difference).toBeLessThanOrEqual(1e-3);
    },
  );

  test('has one label per logit, and the layer that logits() applies', async () => {
    expect(model.source).toBe(OFFICIAL);
    expect(IMAGENET_NAMES).toHaveLength(1000);
    expect(IMAGENET_NAMES[0]).toBe('tench');
    expect(IMAGENET_NAMES[999]).toBe('toilet tissue');

    const features = Float32Array.from({ length: 2 * 1280 }, (_, i) => (i * 37) % 11);
    const input = tf.tensor2d(features, [2, 1280]);
    const logits = model.logits(input);
    const values = await logits.data();
    const { weights, bias } = await model.weights();
    expect(logits.shape).toEqual([2, 1000]);
    for (const [row, k] of [
      [0, 0],
      [0, 999],
      [1, 0],
      [1, 417],
    ] as const) {
      let expected = bias[k]!;
      for (let c = 0; c < 1280; c++) expected += weights[k * 1280 + c]! * features[row * 1280 + c]!;
      expect(values[row * 1000 + k]).toBeCloseTo(expected, 2);
    }
    tf.dispose([input, logits]);
  });
});

test.skipIf(!existsSync(REFERENCE))('at 224×224 logits are those of the mobilenet package itself', async () => {
  await tf.setBackend('wasm');
  const { files } = await fetchImageNet();
  const stock = await load({ version: 2, alpha: 1, modelUrl: modelHandler(files), inputRange: [0, 1] });
  const model = await loadImageNet();
  const pixels = tf.tensor3d(
    Float32Array.from({ length: 224 * 224 * 3 }, (_, i) => (i * 31) % 256),
    [224, 224, 3],
  );
  const expected = stock.infer(pixels) as tf.Tensor2D;
  const ours = tf.tidy(() =>
    model.logits(tf.reshape<tf.Rank.R2>(tf.mean(model.backbone.run(tf.div(pixels, 255)), [0, 1]), [1, 1280])),
  );
  expect(expected.shape).toEqual([1, 1000]);
  const [a, b] = await Promise.all([ours.data(), expected.data()]);
  expect(Math.max(...a.map((value, i) => Math.abs(value - b[i]!)))).toBeLessThan(1e-3);
  tf.dispose([pixels, expected, ours]);
  model.dispose();
});
