import { expect, test } from 'vitest';
import { DEFAULT_VECTORS, PAPER_TRAIN_SIDES } from '../../../core/training/defaults.ts';
import { computedBefore, costOf, earlyWords, effortWords, extraCost, paceOfAnswers } from './trainingCost.ts';

const split = { share: 0.25, seed: 1 };

test('one map a photo by default; sizes and views multiply the training photos, test sizes the others', () => {
  expect(costOf(DEFAULT_VECTORS, split, 200)).toEqual({ maps: 200, pixels: 200 * 300 ** 2 });
  expect(costOf({ ...DEFAULT_VECTORS, trainSides: PAPER_TRAIN_SIDES }, split, 200).maps).toBe(150 * 2 + 50);
  expect(costOf({ ...DEFAULT_VECTORS, testSides: [224, 300, 360] }, split, 200).maps).toBe(150 + 50 * 3);
  const thorough = { ...DEFAULT_VECTORS, features: 'thorough' as const };
  expect(costOf(thorough, split, 200)).toEqual({ maps: 600, pixels: 200 * (224 ** 2 + 300 ** 2 + 448 ** 2) });
  const augmentation = { views: 4, options: {} };
  expect(costOf({ ...DEFAULT_VECTORS, augmentation }, split, 200).maps).toBe(150 * 5 + 50);
});

test('the words name the factor, the counts and, where the pace is known, the time', () => {
  const without = costOf(DEFAULT_VECTORS, split, 200);
  const more = costOf({ ...DEFAULT_VECTORS, augmentation: { views: 1, options: {} } }, split, 200);
  expect(extraCost(more, without, null)).toBe('computes 1.8× as many feature maps (350 instead of 200)');
  expect(extraCost(more, without, 0.2 / 300 ** 2)).toMatch(/: about 30 s more$/);
  expect(extraCost(without, without, 1)).toBeNull();
});

test('what a training takes is told by the measured pace, for the photos that were not looked at before', () => {
  const pace = 0.2 / 300 ** 2;
  expect(effortWords(200, costOf(DEFAULT_VECTORS, split, 200), pace)).toBe('200 photos, about 40 s.');
  expect(effortWords(200, costOf(DEFAULT_VECTORS, split, 50), pace)).toBe('200 photos, about 10 s.');
  expect(effortWords(200, costOf(DEFAULT_VECTORS, split, 0), pace)).toBe(
    '200 photos, looked at before: likely a few seconds.',
  );
  expect(effortWords(200, costOf(DEFAULT_VECTORS, split, 200), null)).toBe('200 photos.');
});

test('what is made ahead is told with its time, and that nothing waits for it', () => {
  expect(earlyWords(200, { done: 120, secondsLeft: 12 })).toBe(
    '200 photos: 120 looked at, 10 s left. Training need not wait for that.',
  );
});

test('vectors of another pyramid or size are no help', () => {
  const predictions = [{ id: 'a' }, { id: 'b' }];
  const runs = [{ vectors: DEFAULT_VECTORS, predictions }];
  const { policy, ...others } = DEFAULT_VECTORS;
  expect([...computedBefore(runs, { ...others, policy })]).toEqual(['a', 'b']);
  expect(computedBefore(runs, { ...DEFAULT_VECTORS, policy: { kind: 'crop' } }).size).toBe(0);
});

test('the pace of Classify is the median of its last answers, once there are three', () => {
  const answer = (milliseconds: number) => ({
    plan: {
      policy: { kind: 'crop' as const },
      source: { x: 0, y: 0, width: 10, height: 10 },
      input: { width: 100, height: 100 },
    },
    times: { decode: 0, size: 0, backbone: 0, spp: 0, head: 0, total: milliseconds },
  });
  expect(paceOfAnswers([answer(5000), answer(100)])).toBeNull();
  expect(paceOfAnswers([answer(5000), answer(100), answer(200)])).toBeCloseTo(0.2 / 1e4, 12);
});
