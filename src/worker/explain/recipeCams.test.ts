import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { applyHead, buildHead } from '../../core/head/buildHead.ts';
import { anysizeFacts, headBlocks } from '../../core/head/headFeatures.ts';
import type { HeadData } from '../../core/model.ts';
import { createRandom } from '../../core/random.ts';
import { readWhitenings } from '../../core/recipe/readWhitenings.ts';
import { joinBlocks, type PyramidWeights, recipeLength, whitenPhoto } from '../../core/recipe/recipe.ts';
import { pooledGradient } from '../../core/recipe/recipeGradient.ts';
import { RunningMoments } from '../../core/recipe/runningMoments.ts';
import { spp } from '../../kernels/spp/spp.ts';
import { pooledMaps, RECIPE_PYRAMID } from '../path/recipeFeatures.ts';
import type { MiddleRow } from '../path/tiles/middleSinks.ts';
import { randomMap } from './fixtures.ts';
import { recipeCamRows, recipeCams } from './recipeCams.ts';

const file = new Uint8Array(
  readFileSync(new URL('../../../public/models/whitening/whitening.safetensors', import.meta.url)),
);
const whitenings = readWhitenings(file.buffer);
const random = createRandom(8);
const LAST = { height: 5, width: 6 };
/** As of an image of 145 × 190 px: the last row of cells of the map has one row of these under it. */
const MIDDLE = { height: 9, width: 12 };

beforeAll(() => tf.setBackend('cpu'));

function randomRecipeHead(weights: PyramidWeights): HeadData {
  const facts = anysizeFacts(weights, [300]);
  const length = recipeLength(weights);
  const values = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  return buildHead(
    { id: 'h', name: 'h', classes: ['a', 'b'], policy: { kind: 'area', side: 300 }, ...facts },
    { normalisation: facts.normalisation, levelLengths: [length], mean: values(length), scale: 0.7 },
    { weights: values(2 * length), bias: values(2) },
  );
}

/** The logit in tensors, from both maps. */
function logit(last: tf.Tensor3D, middle: tf.Tensor3D, head: HeadData, k: number): tf.Scalar {
  const bins = tf.reshape<tf.Rank.R2>(spp(last, RECIPE_PYRAMID), [21, 1280]);
  const mean = tf.mean(middle, [0, 1]);
  const deviation = tf.sqrt(tf.mean(tf.square(tf.sub(middle, mean)), [0, 1]));
  const rows = {
    four: tf.slice(bins, [0, 0], [16, 1280]),
    two: tf.slice(bins, [16, 0], [4, 1280]),
    whole: tf.slice(bins, [20, 0], [1, 1280]),
    middle: tf.reshape<tf.Rank.R2>(tf.concat([mean, deviation]), [1, 1152]),
  };
  const row = head.weights.subarray((k * head.weights.length) / 2, ((k + 1) * head.weights.length) / 2);
  let sum: tf.Tensor = tf.scalar(head.bias[k]!);
  for (const { name, start, length, weight } of headBlocks(head)) {
    const { centre, directions, gains, rank } = name === 'middle' ? whitenings.middle : whitenings.map;
    const u = tf.tensor2d(directions, [centre.length, rank]);
    const y = tf.sub<tf.Tensor2D>(tf.sqrt(rows[name]), tf.tensor1d(centre));
    const v = tf.reshape(
      tf.add(y, tf.matMul(tf.mul<tf.Tensor2D>(tf.matMul(y, u), tf.tensor1d(gains)), u, false, true)),
      [-1],
    );
    const z = tf.mul(tf.div(v, tf.sqrt(tf.sum(tf.square(v)))), Math.sqrt(weight));
    const n = tf.div(tf.sub(z, tf.tensor1d(head.mean!.subarray(start, start + length))), head.scale);
    sum = tf.add(sum, tf.sum(tf.mul(n, tf.tensor1d(row.subarray(start, start + length)))));
  }
  return tf.reshape<tf.Rank.R0>(sum, []);
}

function project(data: Float32Array, row: Float32Array): Float32Array {
  return Float32Array.from({ length: data.length / row.length }, (_, cell) =>
    row.reduce((sum, weight, c) => sum + weight * data[cell * row.length + c]!, 0),
  );
}

/** As MiddleProjectionSink gives it. */
function projectMiddle(data: Float32Array, { linear, square }: MiddleRow): Float32Array {
  return gathered(
    Float32Array.from(
      project(data, linear),
      (sum, cell) =>
        sum +
        project(
          data.map((a) => a * a),
          square,
        )[cell]!,
    ),
  );
}

function gathered(values: ArrayLike<number>): Float32Array {
  const out = new Float32Array(LAST.height * LAST.width);
  for (let cell = 0; cell < MIDDLE.height * MIDDLE.width; cell++) {
    const [y, x] = [Math.floor(cell / MIDDLE.width), cell % MIDDLE.width];
    out[(y >> 1) * LAST.width + (x >> 1)]! += values[cell]!;
  }
  return out;
}

it.each<PyramidWeights>([
  { two: 0, four: 0 },
  { two: 0.3, four: 0.2 },
])('Grad-CAM and HiResCAM of both layers equal autodiff, grids $two and $four', (weights) => {
  const head = randomRecipeHead(weights);
  // Above 0 throughout: the root's slope there is autodiff's trouble, not ours.
  const positive = (cells: number, channels: number) =>
    randomMap(random, cells, 1, channels).map((a) => Math.max(a, 0.02));
  const last = positive(LAST.height * LAST.width, 1280);
  const middle = positive(MIDDLE.height * MIDDLE.width, 576);
  const maps = [
    tf.tensor3d(last, [LAST.height, LAST.width, 1280]),
    tf.tensor3d(middle, [MIDDLE.height, MIDDLE.width, 576]),
  ] as const;
  const moments = new RunningMoments(576);
  moments.add({ data: middle, ...MIDDLE });
  const own = moments.meanAndDeviation();
  const pooled = pooledMaps(spp(maps[0], RECIPE_PYRAMID).dataSync() as Float32Array, own);
  const { logits } = applyHead(head, joinBlocks(whitenPhoto(pooled, whitenings), weights));

  for (const k of [0, 1]) {
    expect(logit(...maps, head, k).dataSync()[0]).toBeCloseTo(logits[k]!, 3);
    const rows = recipeCamRows(pooledGradient(head, pooled, whitenings, k), LAST, MIDDLE, own, {
      means: 1,
      bins: true,
    });
    const ofLast = rows.last.map((row) => project(last, row));
    const cams = recipeCams(
      LAST,
      ofLast,
      rows.middle.map((row) => projectMiddle(middle, row)),
    );

    const gradients = tf.grads((a: tf.Tensor, b: tf.Tensor) => logit(a as tf.Tensor3D, b as tf.Tensor3D, head, k))([
      ...maps,
    ]);
    const [hiRes, hiResMiddle] = maps.map((map, i) => tf.sum(tf.mul(map, gradients[i]!), 2).dataSync());
    const [grad, gradMiddle] = maps.map((map, i) => tf.sum(tf.mul(map, tf.mean(gradients[i]!, [0, 1])), 2).dataSync());
    const both = (a: ArrayLike<number>, b: ArrayLike<number>) => gathered(b).map((value, cell) => value + a[cell]!);
    closeTo(cams.located, both(hiRes!, hiResMiddle!));
    closeTo(
      cams.values,
      both(grad!, gradMiddle!).map((value) => Math.max(0, value)),
    );
  }
});

function closeTo(ours: Float32Array, expected: Float32Array): void {
  expect(ours).toHaveLength(expected.length);
  const range = Math.max(...expected) - Math.min(...expected);
  ours.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(2e-4 * range));
}
