import * as tf from '@tensorflow/tfjs-core';
import { spp } from '../../kernels/spp/spp.ts';
import type { Backbone } from '../models/backbone.ts';

const SIDE = 64;
const BINS = 5;
const GROUPS = 4;
/** As WASM gives them. */
const EXPECTED: readonly number[] = [
  122.87, 213.62, 166.47, 161.56, 124.17, 226.66, 175.38, 173.32, 131.04, 224.56, 170.22, 178.73, 137.6, 245.54, 183.97,
  192.2, 170.84, 272.17, 220.23, 224.77,
];
/** Share of the expected number; backends differ by less than a thousandth of it. */
const TOLERANCE = 0.01;

/** The known image: [64,64,3] in 0…1. */
function knownImage(): Float32Array {
  return Float32Array.from({ length: SIDE * SIDE * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const [x, y] = [pixel % SIDE, Math.floor(pixel / SIDE)];
    return ((x * (3 + (i % 3)) + ((y * y) >> 2)) % 97) / 96;
  });
}

/** What a backend is judged by: a known image through the embedded backbone and the pyramid [2,1]; of each bin the sums over every fourth channel. */
export async function knownImageSums(embedded: Backbone): Promise<number[]> {
  const output = tf.tidy(() =>
    spp(embedded.run(tf.tensor3d(knownImage(), [SIDE, SIDE, 3])), { levels: [2, 1], rule: 'adaptive', pooling: 'max' }),
  );
  try {
    const values = await output.data<'float32'>();
    const sums = Array.from({ length: BINS * GROUPS }, () => 0);
    values.forEach((value, i) => {
      const bin = Math.floor((i * BINS) / values.length);
      sums[bin * GROUPS + (i % GROUPS)]! += value;
    });
    return sums;
  } finally {
    output.dispose();
  }
}

/**
 * Whether the backend computes what it should: a broken shader or a driver that drops work gives zeros or old numbers and no error.
 * To be asked after each start of a backend, before its first answer.
 */
export async function computesRight(embedded: Backbone): Promise<boolean> {
  const values = await knownImageSums(embedded);
  return EXPECTED.every((expected, i) => Math.abs((values[i] ?? Number.NaN) - expected) <= TOLERANCE * expected);
}
