import { expect, it } from 'vitest';
import { recallAt } from './recallAt.ts';

const curve = [
  { score: 2, precision: 1, recall: 0.5 },
  { score: 1, precision: 0.5, recall: 0.5 },
  { score: 0.5, precision: 0.67, recall: 1 },
];

it('is the last point whose score reaches the threshold', () => {
  expect(recallAt(curve, 0.75)).toBe(curve[1]);
  expect(recallAt(curve, 0.5)).toBe(curve[2]);
  expect(recallAt(curve, 3)).toBeNull();
});
