import { expect, test } from 'vitest';
import { timesThicker } from './shownThickness.ts';

test('a thin image is shown 24 px thick, and by how much is said', () => {
  // 500 px of room for 5000: a tenth of the size, so 0.1 px thick.
  expect(timesThicker({ width: 5000, height: 1 }, { width: 500, height: 400 })).toBeCloseTo(240);
  expect(timesThicker({ width: 1, height: 5000 }, { width: 500, height: 500 })).toBeCloseTo(240);
  expect(timesThicker({ width: 640, height: 480 }, { width: 500, height: 400 })).toBe(1);
  expect(timesThicker({ width: 1, height: 1 }, { width: 500, height: 400 })).toBe(1);
  expect(timesThicker({ width: 640, height: 480 }, { width: 0, height: 0 })).toBe(1);
});
