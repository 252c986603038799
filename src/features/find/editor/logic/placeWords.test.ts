import { expect, it } from 'vitest';
import { placeWords } from './placeWords.ts';

it('says where a box lies', () => {
  const size = { width: 300, height: 300 };
  expect(placeWords([0, 0, 60, 60], size)).toBe('upper left, 60 × 60 px, 4 % of the photo');
  expect(placeWords([100, 100, 200, 200], size)).toBe('middle, 100 × 100 px, 11 % of the photo');
  expect(placeWords([290, 100, 300, 200], size)).toBe('right, 10 × 100 px, 1 % of the photo');
  expect(placeWords([140, 290, 150, 300], size)).toBe('lower middle, 10 × 10 px, less than 1 % of the photo');
});
