import { expect, it } from 'vitest';
import { sizeWithin } from './pictures.ts';

it.each([
  [4000, 3000, 160, 160, 120],
  [3000, 4000, 160, 120, 160],
  [100, 50, 160, 100, 50],
  [1, 5000, 160, 1, 160],
  [5000, 1, 1600, 1600, 1],
])('%i × %i within %i is %i × %i', (width, height, longSide, toWidth, toHeight) => {
  expect(sizeWithin({ width, height }, longSide)).toEqual({ width: toWidth, height: toHeight });
});
