import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { spp } from '../../kernels/spp/spp.ts';
import type { Normalisation, PyramidOptions } from '../../core/model.ts';
import { createRandom } from '../../core/random.ts';
import { randomHead, randomMap } from './fixtures.ts';
import { gradCam, logitGradient } from './gradCam.ts';
import { logitTensor } from './logitTensor.ts';

beforeAll(() => tf.setBackend('cpu'));

const random = createRandom(12);

const pyramids: PyramidOptions[] = [
  { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' },
  { levels: [4, 2, 1], rule: 'adaptive', pooling: 'mean' },
  { levels: [3, 2], rule: 'paper', pooling: 'max' },
  { levels: [1], rule: 'adaptive', pooling: 'mean' },
];
const normalisations: Normalisation[] = [
  { sqrt: false, l2: 'none', centre: false },
  { sqrt: false, l2: 'vector', centre: true },
  { sqrt: true, l2: 'level', centre: true },
  { sqrt: true, l2: 'vector', centre: false },
];

describe.each(pyramids)('through $levels $rule $pooling', (pyramid) => {
  it.each(normalisations)('equals autodiff: sqrt $sqrt, l2 $l2, centre $centre', (normalisation) => {
    for (const [height, width] of [
      [9, 7],
      [6, 13],
    ] as const) {
      const channels = 16;
      const head = randomHead(random, 3, channels, pyramid, normalisation);
      const data = randomMap(random, height, width, channels);
      const map = tf.tensor3d(data, [height, width, channels]);
      const vector = spp(map, pyramid).dataSync() as Float32Array;
      for (let k = 0; k < 3; k++) {
        const gradient = tf.grad((a) => logitTensor(spp(a as tf.Tensor3D, pyramid), vector, head, k))(map);
        const alpha = tf.mean(gradient, [0, 1]);
        const expected = tf.relu(tf.sum(tf.mul(map, alpha), 2)).dataSync();
        const cam = gradCam({ data, height, width }, vector, head, k);
        const range = Math.max(...expected) - Math.min(...expected);
        // A map that is 0 throughout has nothing to compare; randomly drawn maps seldom are.
        const largest = Math.max(...cam.map((value, i) => Math.abs(value - expected[i]!)));
        expect(largest).toBeLessThanOrEqual(1e-4 * (range || 1e-3));
      }
    }
  });
});

it('is not zero throughout for most classes, so that the comparison compares something', () => {
  const head = randomHead(random, 8, 16, pyramids[0]!, normalisations[1]!);
  const data = randomMap(random, 9, 7, 16);
  const vector = spp(tf.tensor3d(data, [9, 7, 16]), pyramids[0]!).dataSync() as Float32Array;
  const lit = Array.from(
    { length: 8 },
    (_, k) => Math.max(...gradCam({ data, height: 9, width: 7 }, vector, head, k)) > 0,
  );
  expect(lit.filter(Boolean).length).toBeGreaterThanOrEqual(2);
});

it('gives the gradient that small changes of the vector show', () => {
  const head = randomHead(random, 2, 4, pyramids[0]!, normalisations[2]!);
  const vector = Float32Array.from({ length: 84 }, () => random.uniform(0.5, 6));
  const gradient = logitGradient(head, vector, 1);
  const value = (v: Float32Array) => logitTensor(tf.tensor1d(v), v, head, 1).dataSync()[0]!;
  for (const d of [0, 40, 83]) {
    const [up, down] = [vector.slice(), vector.slice()];
    up[d]! += 0.05;
    down[d]! -= 0.05;
    expect((value(up) - value(down)) / 0.1).toBeCloseTo(gradient[d]!, 2);
  }
});

it('refuses a map of other channels and a class that is not there', () => {
  const head = randomHead(random, 2, 4, pyramids[0]!, normalisations[1]!);
  const vector = new Float32Array(84);
  expect(() => gradCam({ data: new Float32Array(12), height: 2, width: 2 }, vector, head, 0)).toThrow(
    /feature map of 4 channels/,
  );
  expect(() => gradCam({ data: new Float32Array(16), height: 2, width: 2 }, vector, head, 2)).toThrow(/classes 0 to 1/);
});
