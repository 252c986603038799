import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { describe, expect, it } from 'vitest';
import { anysizeFacts } from '../head/headFeatures.ts';
import { applyHead, buildHead } from '../head/buildHead.ts';
import { fitNormaliser } from '../head/normalise.ts';
import type { HeadData } from '../model.ts';
import { pyramidBins } from '../pyramid/geometry.ts';
import { createRandom } from '../random.ts';
import { relativeDifference } from '../training/fixtures.ts';
import { readWhitenings } from './readWhitenings.ts';
import { blocksOf, joinBlocks, type PooledMaps, PYRAMID_CANDIDATES, recipeLength, whitenPhoto } from './recipe.ts';
import { recipeEvidence } from './recipeEvidence.ts';
import { goldenPooled } from './recipeFixtures.ts';
import { channelGradients, lastMapGradient, middleMapGradient, pooledGradient } from './recipeGradient.ts';
import { RunningMoments } from './runningMoments.ts';
import type { Whitening } from './whitening.ts';

const file = new Uint8Array(
  readFileSync(new URL('../../../public/models/whitening/whitening.safetensors', import.meta.url)),
);
const whitenings = readWhitenings(file.buffer);
const random = createRandom(11);
const STRONG = PYRAMID_CANDIDATES[2]!;

function headOn(candidate: number): HeadData {
  const weights = PYRAMID_CANDIDATES[candidate]!;
  const length = recipeLength(weights);
  const training = [3, 4, 5].map((seed) => joinBlocks(whitenPhoto(goldenPooled(seed), whitenings), weights));
  const facts = anysizeFacts(weights, [300]);
  const normaliser = fitNormaliser(
    training,
    facts.normalisation,
    blocksOf(weights).map((block) => block.length),
  );
  return buildHead(
    { id: 'h', name: 'test', classes: ['a', 'b'], policy: { kind: 'area', side: 300 }, ...facts },
    normaliser,
    {
      weights: Float32Array.from({ length: 2 * length }, () => random.normal()),
      bias: Float32Array.of(0.3, -0.2),
    },
  );
}

describe.each([0, 1, 2])('a head on candidate %i', (candidate) => {
  const head = headOn(candidate);
  const pooled = goldenPooled(9);
  const vector = joinBlocks(whitenPhoto(pooled, whitenings), PYRAMID_CANDIDATES[candidate]!);

  it('has evidence of its blocks and bins that sums to the logit', () => {
    for (const k of [0, 1]) {
      const { blocks, bias, logit } = recipeEvidence(head, vector, k);
      expect(blocks.map(({ bins }) => bins.length)).toEqual(candidate === 0 ? [1, 1] : [1, 1, 4, 16]);
      const sum = blocks.reduce((total, { bins }) => total + bins.reduce((a, b) => a + b, 0), bias);
      expect(logit).toBe(applyHead(head, vector).logits[k]);
      expect(sum).toBeCloseTo(logit, 4);
      for (const { total, bins } of blocks)
        expect(total).toBeCloseTo(
          bins.reduce((a, b) => a + b, 0),
          9,
        );
    }
  });

  it('refuses classes that it does not have', () => {
    expect(() => recipeEvidence(head, vector, 2)).toThrow(/classes 0 to 1; got 2/);
    expect(() => pooledGradient(head, pooled, whitenings, -1)).toThrow(/classes 0 to 1; got -1/);
  });
});

it('takes 0 where a pooled value is 0, and for blocks the head is not on', () => {
  const pooled = goldenPooled(9);
  pooled.whole[17] = 0;
  const gradient = pooledGradient(headOn(0), pooled, whitenings, 1);
  expect(gradient.whole[17]).toBe(0);
  expect(gradient.whole.every(Number.isFinite)).toBe(true);
  expect(gradient.two.every((value) => value === 0)).toBe(true);
});

describe('autodiff', () => {
  const [height, width] = [5, 7];
  const values = (length: number) => Float32Array.from({ length }, () => random.uniform(0.05, 3));
  const last = values(height * width * 1280);
  const middle = values(2 * height * 2 * width * 576);
  const head = headOn(2);

  const bins = (map: tf.Tensor3D, level: number) =>
    tf.concat(
      pyramidBins({ top: 0, left: 0, bottom: height, right: width }, [level], 'adaptive').map(
        ({ top, left, bottom, right }) =>
          tf.expandDims(tf.mean(tf.slice(map, [top, left, 0], [bottom - top, right - left, 1280]), [0, 1]), 0),
      ),
    );
  const whitened = (rows: tf.Tensor, { centre, directions, gains, length, rank }: Whitening) => {
    const u = tf.tensor2d(directions, [length, rank]);
    const y = tf.sub(tf.sqrt(rows), centre) as tf.Tensor2D;
    const v = tf.add(y, tf.matMul(tf.mul(tf.matMul(y, u), gains) as tf.Tensor2D, tf.transpose(u)));
    return tf.reshape(tf.div(v, tf.sqrt(tf.sum(tf.square(v)))), [-1]);
  };
  const logit = (a: tf.Tensor3D, b: tf.Tensor3D) => {
    const mean = tf.mean(b, [0, 1]);
    const deviation = tf.sqrt(tf.mean(tf.square(tf.sub(b, mean)), [0, 1]));
    const vector = tf.concat1d([
      whitened(bins(a, 1), whitenings.map) as tf.Tensor1D,
      tf.mul(
        whitened(tf.expandDims(tf.concat([mean, deviation]), 0), whitenings.middle),
        Math.sqrt(0.7),
      ) as tf.Tensor1D,
      tf.mul(whitened(bins(a, 2), whitenings.map), Math.sqrt(STRONG.two)) as tf.Tensor1D,
      tf.mul(whitened(bins(a, 4), whitenings.map), Math.sqrt(STRONG.four)) as tf.Tensor1D,
    ]);
    const normalised = tf.div(tf.sub(vector, head.mean!), head.scale);
    const row = head.weights.subarray(head.weights.length / 2);
    return tf.add(tf.sum(tf.mul(normalised, row)), head.bias[1]!);
  };

  it('finds the same gradient at every cell of both layers, and the same logit', async () => {
    await tf.setBackend('cpu');
    const a = tf.tensor3d(last, [height, width, 1280]);
    const b = tf.tensor3d(middle, [2 * height, 2 * width, 576]);
    const [byLast, byMiddle] = tf.grads((x, y) => logit(x as tf.Tensor3D, y as tf.Tensor3D))([a, b]);
    const moments = new RunningMoments(576);
    moments.add({ data: middle, height: 2 * height, width: 2 * width });
    const own = moments.meanAndDeviation();
    const pooled: PooledMaps = {
      whole: (await bins(a, 1).data()) as Float32Array,
      middle: own,
      two: (await bins(a, 2).data()) as Float32Array,
      four: (await bins(a, 4).data()) as Float32Array,
    };
    const { logits } = applyHead(head, joinBlocks(whitenPhoto(pooled, whitenings), STRONG));
    expect(Math.abs(logits[1]! - (await logit(a, b).data())[0]!)).toBeLessThan(1e-2);
    const gradient = pooledGradient(head, pooled, whitenings, 1);
    const ours = lastMapGradient(gradient, { height, width });
    const oursMiddle = middleMapGradient(gradient, { data: middle, height: 2 * height, width: 2 * width }, own);
    expect(relativeDifference(ours, await byLast!.data())).toBeLessThan(1e-3);
    expect(relativeDifference(oursMiddle, await byMiddle!.data())).toBeLessThan(1e-3);

    const { last: alpha, middle: alphaMiddle } = channelGradients(gradient, height * width, 4 * height * width);
    const meanOf = (cells: Float32Array, channels: number) =>
      Float64Array.from({ length: channels }, (_, c) => {
        let sum = 0;
        for (let i = c; i < cells.length; i += channels) sum += cells[i]!;
        return (sum * channels) / cells.length;
      });
    expect(relativeDifference(alpha, meanOf(ours, 1280))).toBeLessThan(1e-4);
    expect(relativeDifference(alphaMiddle, meanOf(oursMiddle, 576))).toBeLessThan(1e-4);
  });

  it('of several sizes each has its share', () => {
    const gradient = pooledGradient(head, goldenPooled(9), whitenings, 0);
    const none = { ...gradient, two: new Float64Array(5120), four: new Float64Array(20480) };
    const third = lastMapGradient(gradient, { height, width }, { means: 1 / 3, bins: false });
    expect(
      relativeDifference(
        third.map((value) => 3 * value),
        lastMapGradient(none, { height, width }),
      ),
    ).toBeLessThan(1e-5);
  });
});
