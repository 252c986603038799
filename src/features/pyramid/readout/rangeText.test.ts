import { expect, test } from 'vitest';
import { rangeWords } from './rangeText.ts';

test('counts from 1, and names one alone', () => {
  expect(rangeWords('row', 1, 4)).toBe('rows 2–4');
  expect(rangeWords('column', 1, 2)).toBe('column 2');
});
