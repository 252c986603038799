import { expect, it } from 'vitest';
import { comparedFraction } from './comparedFraction.ts';

const at = (strategy: 'crop' | 'spp', done: number, photos: { done: number; total: number } | null) =>
  comparedFraction({ strategy, done, total: 10, photos }, ['crop', 'spp']);

it('goes from 0 to 1 and never back', () => {
  const way = [
    at('crop', 0, { done: 0, total: 40 }),
    at('crop', 0, { done: 20, total: 40 }),
    at('crop', 0, null),
    at('crop', 1, { done: 0, total: 40 }),
    at('crop', 1, null),
    at('crop', 5, null),
    at('spp', 5, { done: 0, total: 40 }),
    at('spp', 5, { done: 40, total: 40 }),
    at('spp', 9, { done: 3, total: 40 }),
    at('spp', 10, null),
  ];
  expect(way).toEqual(way.toSorted((a, b) => a - b));
  expect(way[0]).toBe(0);
  expect(way[5]).toBeCloseTo(0.5, 10);
  expect(way.at(-1)).toBeCloseTo(1, 10);
});
