import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { spp, sppWithArgmax } from '../../kernels/spp/spp.ts';
import type { PyramidOptions } from '../../core/model.ts';
import { createRandom } from '../../core/random.ts';
import { camRows, camsOf } from './camRows.ts';
import { randomHead, randomMap } from './fixtures.ts';
import { gradCam } from './gradCam.ts';
import { hiResCam } from './hiResCam.ts';

beforeAll(() => tf.setBackend('cpu'));

const random = createRandom(5);
const CHANNELS = 16;

function pooled(data: Float32Array, height: number, width: number, pyramid: PyramidOptions) {
  const map = tf.tensor3d(data, [height, width, CHANNELS]);
  if (pyramid.pooling === 'mean') return { vector: spp(map, pyramid).dataSync() as Float32Array, argmax: null };
  const { values, argmax } = sppWithArgmax(map, pyramid);
  return { vector: values.dataSync() as Float32Array, argmax: argmax.dataSync() as Int32Array };
}

/** As ProjectionSink gives them. */
function project(data: Float32Array, row: Float32Array): Float32Array {
  return Float32Array.from({ length: data.length / CHANNELS }, (_, cell) =>
    row.reduce((sum, weight, c) => sum + weight * data[cell * CHANNELS + c]!, 0),
  );
}

function closeTo(ours: Float32Array, expected: Float32Array): void {
  expect(ours.length).toBe(expected.length);
  const range = Math.max(...expected) - Math.min(...expected);
  expect(range).toBeGreaterThan(0);
  ours.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(1e-5 * range));
}

it.each<PyramidOptions>([
  { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' },
  { levels: [4, 2, 1], rule: 'adaptive', pooling: 'mean' },
  { levels: [3, 2], rule: 'adaptive', pooling: 'mean' },
])('projections give the CAMs of the whole map: $levels $pooling', (pyramid) => {
  const [height, width] = [9, 14];
  const head = randomHead(random, 3, CHANNELS, pyramid, { sqrt: true, l2: 'vector', centre: true });
  const data = randomMap(random, height, width, CHANNELS);
  const { vector, argmax } = pooled(data, height, width, pyramid);
  for (let k = 0; k < 3; k++) {
    const rows = camRows({ height, width }, vector, head, k);
    const projections = rows.map((row) => project(data, row));
    const cams = camsOf({ height, width }, projections, vector, argmax, head, k);
    closeTo(cams.values, gradCam({ data, height, width }, vector, head, k));
    closeTo(cams.located, hiResCam({ data, height, width }, vector, argmax, head, k));
  }
});

it('asks for the places of maxima, and for a class that there is', () => {
  const pyramid: PyramidOptions = { levels: [1], rule: 'adaptive', pooling: 'max' };
  const head = randomHead(random, 2, CHANNELS, pyramid, { sqrt: false, l2: 'none', centre: false });
  const vector = new Float32Array(CHANNELS);
  const size = { height: 2, width: 2 };
  expect(() => camRows(size, vector, head, 2)).toThrow(expect.objectContaining({ name: 'BadArgument' }));
  expect(() => camsOf(size, [new Float32Array(4)], vector, null, head, 0)).toThrow(/place of every maximum/);
});
