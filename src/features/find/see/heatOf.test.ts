import { expect, it } from 'vitest';
import { heatOf } from './heatOf.ts';

it('counts the boxes over each cell, as shares of the most', () => {
  const photo = { width: 40, height: 20 };
  const heat = heatOf(
    [
      [0, 0, 20, 20],
      [0, 0, 10, 10],
      [0, 0, 1, 1],
    ],
    photo,
    4,
  );
  expect([heat.rows, heat.columns]).toEqual([2, 4]);
  expect([...heat.shares]).toEqual([1, 0.5, 0, 0, 0.5, 0.5, 0, 0]);
  expect([...heatOf([], photo, 4).shares]).toEqual(new Array(8).fill(0));
});
