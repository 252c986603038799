import { describe, expect, it } from 'vitest';
import type { Normalisation } from '../model.ts';
import { DEFAULT_NORMALISATION, fitNormaliser, levelLengths, normalise } from './normalise.ts';

const plain: Normalisation = { sqrt: false, l2: 'none', centre: false };
const one = (raw: number[], normalisation: Partial<Normalisation>, lengths = [raw.length]) => [
  ...normalise(raw, fitNormaliser([raw], { ...plain, ...normalisation }, lengths)),
];

it('knows the length of each level', () => {
  expect(levelLengths([4, 2, 1], 1280)).toEqual([20480, 5120, 1280]);
});

it('leaves a vector alone when nothing is asked', () => {
  expect(one([3, 0, 4], {})).toEqual([3, 0, 4]);
});

it('takes square roots, keeping the sign', () => {
  expect(one([4, 0, -9], { sqrt: true })).toEqual([2, 0, -3]);
});

it('brings the vector, or each level, to norm 1, and leaves zeros zero', () => {
  expect(one([3, 0, 4, 0], { l2: 'vector' }).map((x) => +x.toFixed(6))).toEqual([0.6, 0, 0.8, 0]);
  expect(one([3, 4, 0, 0, 2], { l2: 'level' }, [2, 2, 1]).map((x) => +x.toFixed(6))).toEqual([0.6, 0.8, 0, 0, 1]);
  expect(one([0, 0], { l2: 'vector' })).toEqual([0, 0]);
});

it('takes the root before the norm', () => {
  expect(one([9, 16], { sqrt: true, l2: 'vector' }).map((x) => +x.toFixed(6))).toEqual([0.6, 0.8]);
});

describe('centring', () => {
  it('subtracts the mean and divides by the root mean square norm', () => {
    const vectors = [
      [1, 0],
      [3, 0],
      [2, 6],
    ];
    const normaliser = fitNormaliser(vectors, { ...plain, centre: true }, [2]);
    expect([...normaliser.mean!]).toEqual([2, 2]);
    // Squared distances from the mean: 1 + 4, 1 + 4, 16; their mean is 26/3.
    expect(normaliser.scale).toBeCloseTo(Math.sqrt(26 / 3), 6);
    expect(normalise([5, 2], normaliser)[0]).toBeCloseTo(3 / Math.sqrt(26 / 3), 6);
  });

  it('leaves training vectors with mean 0 and mean squared norm 1 under the default', () => {
    const vectors = [
      [1, 2, 3],
      [2, 0, 1],
      [0, 5, 5],
      [1, 1, 0],
    ];
    const normaliser = fitNormaliser(vectors, DEFAULT_NORMALISATION, [3]);
    const done = vectors.map((vector) => normalise(vector, normaliser));
    for (let d = 0; d < 3; d++) expect(done.reduce((sum, x) => sum + x[d]!, 0)).toBeCloseTo(0, 5);
    expect(done.flatMap((x) => [...x]).reduce((sum, x) => sum + x * x, 0) / 4).toBeCloseTo(1, 5);
  });

  it('does not blow up rounding when all photos are alike', () => {
    const vectors = [Float32Array.of(0.1, 0.7), Float32Array.of(0.1, 0.7)];
    const normaliser = fitNormaliser(vectors, DEFAULT_NORMALISATION, [2]);
    expect(normaliser.scale).toBe(1);
    expect(Math.max(...normalise(vectors[0]!, normaliser).map(Math.abs))).toBeLessThan(1e-6);
  });
});

it('refuses no vectors and lengths that do not agree', () => {
  expect(() => fitNormaliser([], plain, [2])).toThrow(/nothing to train on/);
  expect(() => fitNormaliser([[1, 2], [1]], plain, [2])).toThrow(/1 numbers where the pyramid gives 2/);
});
