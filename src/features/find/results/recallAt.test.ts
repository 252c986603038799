import { expect, it } from 'vitest';
import { envelopeOf, recallAt } from './recallAt.ts';

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

it('has the best precision at each recall or beyond', () => {
  expect(envelopeOf(curve)).toEqual([
    { x: 0, y: 1 },
    { x: 0.5, y: 1 },
    { x: 1, y: 0.67 },
  ]);
  expect(envelopeOf([{ score: 1, precision: 0, recall: 0 }])).toEqual([]);
});
