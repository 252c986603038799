import { expect, test } from 'vitest';
import { imbalanceOf } from './imbalance.ts';

const of = (...counts: number[]) => imbalanceOf(counts.map((count, i) => ({ name: `c${i}`, count })));

test('speaks from three times on, naming both classes and counts', () => {
  expect(of(40, 20, 14)).toBeNull();
  expect(of(40, 20, 10)?.replaceAll(/[\u2068\u2069]/g, '')).toBe(
    '“c0” has 4.0 times the photos of “c2” (40 and 10): guesses will lean to it.',
  );
});

test('empty classes and a single class are not out of balance', () => {
  expect(of(40, 0)).toBeNull();
  expect(of(40)).toBeNull();
  expect(of()).toBeNull();
});
