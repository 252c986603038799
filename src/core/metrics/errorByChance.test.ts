import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { errorByChance } from './errorByChance.ts';

/** Claims as of a classifier that is right 6 times in 7: most are high. */
function claims(photos: number, times = 1) {
  const random = createRandom(5);
  const confidences = Array.from({ length: photos }, () => 0.2 + 0.8 * random.next() ** (1 / 6));
  return Array.from({ length: times }, () => confidences.map((confidence, photo) => ({ photo, confidence }))).flat();
}

test('honest percentages of 50 photos look 7 points off, those of 1,000 less than 2', () => {
  const few = errorByChance(claims(50));
  expect(few.mean).toBeGreaterThan(0.055);
  expect(few.mean).toBeLessThan(0.085);
  expect(few.high).toBeGreaterThan(0.1);
  expect(errorByChance(claims(1000)).mean).toBeLessThan(0.02);
});

test('asking for the same photos five times says no more than once', () => {
  expect(errorByChance(claims(200, 5)).mean).toBeCloseTo(errorByChance(claims(200)).mean, 2);
  expect(errorByChance(claims(1000)).mean).toBeLessThan(0.6 * errorByChance(claims(200)).mean);
});

test('claims that are certain have no luck in them; none at all are no error', () => {
  expect(errorByChance([0, 1, 2].map((photo) => ({ photo, confidence: 1 })))).toEqual({ mean: 0, high: 0 });
  expect(errorByChance([]).mean).toBe(0);
});
