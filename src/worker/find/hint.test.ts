import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it, vi } from 'vitest';
import type { Box } from '../../core/find/boxes.ts';
import { buildHead } from '../../core/head/buildHead.ts';
import { float16ToFloat32, float32ToFloat16 } from '../../core/float16.ts';
import { anysizeFacts } from '../../core/head/headFeatures.ts';
import type { HeadData, PyramidOptions } from '../../core/model.ts';
import { createRandom } from '../../core/random.ts';
import { LAST_CHANNELS, type PooledMaps, recipeLength } from '../../core/recipe/recipe.ts';
import { RunningMoments } from '../../core/recipe/runningMoments.ts';
import type { MeanHead } from '../labels/meanHead.ts';
import type { Session } from '../session/session.ts';
import type { HalfMap, PhotoMaps } from './bothMaps.ts';
import { bestHint, hintClasses, hintScores } from './hint.ts';

const session = {
  compute: (work: (models: null, info: { name: string }) => Promise<unknown>) => work(null, { name: 'cpu' }),
} as unknown as Session;

/** A map of two channels: the second is lit in one cell, the one in the second row and third column. */
function mapOf(height: number, width: number): HalfMap {
  const values = new Float32Array(height * width * 2);
  for (let i = 0; i < height * width; i++) values[2 * i] = 1;
  values[2 * (width + 2) + 1] = 6;
  return { height, width, channels: 2, data: float32ToFloat16(values) };
}

// 160×128 pixels: five cells by four, the lit one's middle at (2·32 + 31, 32 + 31) or so.
const photo: PhotoMaps = {
  photo: { width: 160, height: 128 },
  input: { width: 160, height: 128 },
  last: mapOf(4, 5),
  middle: mapOf(8, 10),
};
const boxes: Box[] = [
  [0, 0, 160, 128],
  [70, 36, 120, 90],
  [0, 70, 60, 128],
];

const layer = { weights: new Float32Array([1, 0, 0, 1]), bias: new Float32Array([0, -1]) };
const ready: MeanHead = {
  choice: 'everyday',
  name: 'Built-in classes',
  backbone: 'embedded',
  classes: [{ name: 'ground' }, { name: 'lamp' }],
  factor: () => 1,
  logits: async () => null,
  layer: async () => layer,
};

function trained(pyramid: PyramidOptions): HeadData {
  const length = 2 * pyramid.levels.reduce((sum, n) => sum + n * n, 0);
  const facts = { id: 'h', name: 'mine', classes: ['ground', 'lamp'], pyramid, channels: 2 } as const;
  return buildHead(
    { ...facts, classes: [...facts.classes], policy: { kind: 'area', side: 300 } },
    { normalisation: { sqrt: false, l2: 'none', centre: false }, levelLengths: [length], mean: null, scale: 1 },
    { weights: new Float32Array(2 * length).map((_, i) => (i === 0 || i === length + 1 ? 1 : 0)), bias: layer.bias },
  );
}
const onMean = trained({ levels: [1], rule: 'adaptive', pooling: 'mean' });

beforeAll(() => tf.setBackend('cpu'));

it.each([
  ['the built-in classes', ready],
  ['a trained head on the mean', onMean],
] as const)('%s name the window where the class is', async (_, head) => {
  expect(hintClasses(head)).toEqual(['ground', 'lamp']);
  const scores = await hintScores(session, photo, boxes, head, 1);
  expect(scores[1]).toBeGreaterThan(0.5);
  expect(scores[0]).toBeLessThan(0.5);
  expect(scores[2]).toBeLessThan(scores[0]!);
  // Two classes share the probability.
  const ground = await hintScores(session, photo, boxes, head, 0);
  scores.forEach((score, i) => expect(score + ground[i]!).toBeCloseTo(1, 5));
});

it('takes the window that is likely to hold the most cells of the class', () => {
  const cells: Box[] = [
    [0, 0, 160, 128],
    [0, 0, 96, 64],
    [70, 36, 100, 70],
  ];
  // 5×4, 3×2 and one cell or so.
  expect(bestHint([0.1, 0.9, 1], cells, photo)).toBe(1);
  expect(bestHint([0.5, 0.9, 1], cells, photo)).toBe(0);
  expect(bestHint([0, 0, 0], cells, photo)).toBe(0);
});

it('a head on a grid reads the bins of the window', async () => {
  // The class is where the lower right quarter is lit.
  const grid = trained({ levels: [2], rule: 'adaptive', pooling: 'max' });
  grid.weights.fill(0);
  grid.weights[8 + 7] = 1;
  const lamp: Box[] = [
    [0, 0, 96, 64],
    [64, 32, 160, 128],
  ];
  const scores = await hintScores(session, photo, lamp, grid, 1);
  expect(scores[0]).toBeGreaterThan(0.9);
  expect(scores[1]).toBeLessThan(0.5);
});

it('a head on the recipe reads means, deviations and grids of the window, as of a photo that is the window', async () => {
  const random = createRandom(3);
  const noise = (height: number, width: number, channels: number): HalfMap => ({
    height,
    width,
    channels,
    data: float32ToFloat16(Float32Array.from({ length: height * width * channels }, () => 6 * random.next() ** 4)),
  });
  const size = { width: 160, height: 128 };
  const maps: PhotoMaps = { photo: size, input: size, last: noise(4, 5, LAST_CHANNELS), middle: noise(8, 10, 576) };
  const whiten = vi.fn((pooled: PooledMaps): PooledMaps => pooled);
  const withWhitener = { ...session, whitener: async () => ({ whiten }) } as unknown as Session;
  const weights = { two: 1, four: 0.6 };
  const length = recipeLength(weights);
  const facts = anysizeFacts(weights, [300]);
  const head: HeadData = {
    ...onMean,
    ...facts,
    mean: new Float32Array(length),
    scale: 1,
    weights: new Float32Array(2 * length),
    bias: new Float32Array([0, 1]),
  };
  const scores = await hintScores(withWhitener, maps, [[0, 0, 160, 128]], head, 1);
  expect(scores[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 5);
  const pooled = whiten.mock.calls[0]?.[0] ?? expect.fail();
  const moments = new RunningMoments(576);
  moments.add({ ...maps.middle, data: float16ToFloat32(maps.middle.data) });
  expect(worst(pooled.middle, moments.meanAndDeviation())).toBeLessThan(1e-4);
  const whole = new RunningMoments(LAST_CHANNELS);
  whole.add({ ...maps.last, data: float16ToFloat32(maps.last.data) });
  expect(worst(pooled.whole, whole.mean())).toBeLessThan(1e-4);
  expect([pooled.two.length, pooled.four.length]).toEqual([4 * LAST_CHANNELS, 16 * LAST_CHANNELS]);
});

const worst = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? 0))), 0);
};

it('refuses no head, the official labels, and classes that are not there', async () => {
  expect(() => hintClasses(null)).toThrow(/trained here/);
  expect(() => hintClasses({ ...ready, backbone: 'official' } as unknown as MeanHead)).toThrow(/trained here/);
  await expect(hintScores(session, photo, boxes, onMean, 2)).rejects.toThrow(/no class 2/);
});
