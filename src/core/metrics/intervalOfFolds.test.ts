import { expect, test } from 'vitest';
import { intervalOfFolds } from './intervalOfFolds.ts';

test('folds that agree have no interval; those that do not, one wider than the folds alone would give', () => {
  expect(intervalOfFolds([0.8, 0.8, 0.8], 0.5)).toEqual({
    mean: expect.closeTo(0.8, 12),
    low: expect.closeTo(0.8, 6),
    high: expect.closeTo(0.8, 6),
  });
  const { mean, low, high } = intervalOfFolds([0.7, 0.8, 0.9], 0.5);
  expect(mean).toBeCloseTo(0.8, 12);
  // t(2) = 4.303, s = 0.1, √(1/3 + 1/2).
  expect(high).toBe(1);
  expect(low).toBeCloseTo(0.8 - 4.303 * 0.1 * Math.sqrt(1 / 3 + 1 / 2), 6);
});

test('it stays within 0 and 1', () => {
  expect(intervalOfFolds([0, 1], 0.5)).toMatchObject({ low: 0, high: 1 });
});
