import { expect, test } from 'vitest';
import { numbersFit } from './numbersFit.ts';

test('numbers stand in all cells of a level or in none, and none is cut', () => {
  expect(numbersFit(['92.0', '109'], { width: 36, height: 20 })).toBe(true);
  expect(numbersFit(['92.0', '−0.0123'], { width: 36, height: 20 })).toBe(false);
  expect(numbersFit(['−0.0123'], { width: 62, height: 20 })).toBe(true);
  expect(numbersFit(['1'], { width: 60, height: 12 })).toBe(false);
});
