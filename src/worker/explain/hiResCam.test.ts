import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { spp, sppWithArgmax } from '../../kernels/spp/spp.ts';
import type { Normalisation, PyramidOptions } from '../../core/model.ts';
import { createRandom } from '../../core/random.ts';
import { randomHead, randomMap } from './fixtures.ts';
import { gradCam } from './gradCam.ts';
import { hiResCam } from './hiResCam.ts';
import { logitTensor } from './logitTensor.ts';

beforeAll(() => tf.setBackend('cpu'));

const random = createRandom(21);
const pyramids: PyramidOptions[] = [
  { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' },
  { levels: [4, 2, 1], rule: 'adaptive', pooling: 'mean' },
  { levels: [3, 2], rule: 'paper', pooling: 'max' },
];
const normalisations: Normalisation[] = [
  { sqrt: false, l2: 'none', centre: false },
  { sqrt: false, l2: 'vector', centre: true },
  { sqrt: true, l2: 'level', centre: true },
];

function pooled(data: Float32Array, shape: [number, number, number], pyramid: PyramidOptions) {
  const map = tf.tensor3d(data, shape);
  if (pyramid.pooling === 'mean') return { map, vector: spp(map, pyramid).dataSync() as Float32Array, argmax: null };
  const { values, argmax } = sppWithArgmax(map, pyramid);
  return { map, vector: values.dataSync() as Float32Array, argmax: argmax.dataSync() as Int32Array };
}

describe.each(pyramids)('through $levels $rule $pooling', (pyramid) => {
  it.each(normalisations)('equals autodiff: sqrt $sqrt, l2 $l2, centre $centre', (normalisation) => {
    for (const [height, width] of [
      [9, 7],
      [6, 13],
    ] as const) {
      const channels = 16;
      const head = randomHead(random, 3, channels, pyramid, normalisation);
      const data = randomMap(random, height, width, channels);
      const { map, vector, argmax } = pooled(data, [height, width, channels], pyramid);
      for (let k = 0; k < 3; k++) {
        const gradient = tf.grad((a) => logitTensor(spp(a as tf.Tensor3D, pyramid), vector, head, k))(map);
        const expected = tf.sum(tf.mul(map, gradient), 2).dataSync();
        const located = hiResCam({ data, height, width }, vector, argmax, head, k);
        const range = Math.max(...expected) - Math.min(...expected);
        expect(range).toBeGreaterThan(0);
        const largest = Math.max(...located.map((value, i) => Math.abs(value - expected[i]!)));
        expect(largest).toBeLessThanOrEqual(1e-4 * range);
      }
    }
  });
});

it('shows where a class is when only the place tells, and Grad-CAM shows nothing', () => {
  // One channel, pooled 2×2; class 0 is "something at the top left", class 1 "… at the bottom right".
  const pyramid: PyramidOptions = { levels: [2], rule: 'adaptive', pooling: 'max' };
  const head = {
    ...randomHead(random, 2, 1, pyramid, { sqrt: false, l2: 'none', centre: false }),
    weights: Float32Array.from([1, 0, 0, -1, -1, 0, 0, 1]),
  };
  const data = new Float32Array(36);
  data[7] = 5;
  const { vector, argmax } = pooled(data, [6, 6, 1], pyramid);
  const map = { data, height: 6, width: 6 };
  expect(Math.max(...gradCam(map, vector, head, 0))).toBe(0);
  const located = hiResCam(map, vector, argmax, head, 0);
  expect([...located].map((value, cell) => (value === 0 ? -1 : cell)).filter((cell) => cell >= 0)).toEqual([7]);
  expect(located[7]).toBe(5);
});

it('sums to the logit without its bias for a plain head, and to 0 behind an L2 norm', () => {
  const [pyramid] = pyramids;
  const data = randomMap(random, 8, 5, 16);
  for (const l2 of ['none', 'vector'] as const) {
    const head = randomHead(random, 2, 16, pyramid!, { sqrt: false, l2, centre: false });
    const { vector, argmax } = pooled(data, [8, 5, 16], pyramid!);
    const sum = hiResCam({ data, height: 8, width: 5 }, vector, argmax, head, 1).reduce((a, b) => a + b, 0);
    const logit = logitTensor(tf.tensor1d(vector), vector, head, 1).dataSync()[0]! - head.bias[1]!;
    expect(sum).toBeCloseTo(l2 === 'none' ? logit : 0, 2);
  }
});

it('refuses max pooling without the places of its maxima', () => {
  const head = randomHead(random, 2, 4, pyramids[0]!, normalisations[1]!);
  const map = { data: new Float32Array(16), height: 2, width: 2 };
  expect(() => hiResCam(map, new Float32Array(84), null, head, 0)).toThrow(/place of every maximum/);
  expect(() => hiResCam({ ...map, data: new Float32Array(12) }, new Float32Array(84), null, head, 0)).toThrow(
    /feature map of 4 channels/,
  );
});
