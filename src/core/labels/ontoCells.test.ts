import { expect, test } from 'vitest';
import { ontoCells } from './ontoCells.ts';

test('a cell gives to those it covers by its part in them', () => {
  const spread = ontoCells([2, 4], { height: 1, width: 2 }, { height: 1, width: 3 });
  // The first of 3 lies in the first of 2 as a whole and takes two thirds of it; the middle one takes a third of each.
  expect([...spread]).toEqual([2 * (2 / 3), 2 / 3 + 4 / 3, 4 * (2 / 3)].map((value) => expect.closeTo(value, 12)));
});

test('onto coarser cells they add up', () => {
  const spread = ontoCells([1, 2, 3, 4, 5, 6, 7, 8], { height: 2, width: 4 }, { height: 1, width: 2 });
  expect([...spread]).toEqual([1 + 2 + 5 + 6, 3 + 4 + 7 + 8]);
});

test.each([
  [7, 7, 10, 10],
  [5, 9, 7, 13],
  [1, 49, 1, 88],
  [3, 3, 2, 5],
])('%i×%i onto %i×%i keeps the sum', (h, w, height, width) => {
  const values = Float32Array.from({ length: h * w }, (_, i) => Math.sin(i * 12.9898) * 3);
  const sum = (list: Iterable<number>) => [...list].reduce((a, b) => a + b, 0);
  const spread = ontoCells(values, { height: h, width: w }, { height, width });
  expect(spread).toHaveLength(height * width);
  expect(sum(spread)).toBeCloseTo(sum(values), 9);
});
