import { expect, test } from 'vitest';
import { helpersWorth } from './helpersWorth.ts';

test('one more engine is worth its start when it spares more time than that', () => {
  expect(helpersWorth(10, 10, 1, false)).toBe(false);
  expect(helpersWorth(30, 10, 1, false)).toBe(true);
  expect(helpersWorth(30, 10, 2, false)).toBe(false);
  expect(helpersWorth(3, 0.5, 1, false)).toBe(true);
});

test('nothing is estimated before the pace is known, unless a person has asked', () => {
  expect(helpersWorth(1000, null, 1, false)).toBe(false);
  expect(helpersWorth(1000, null, 1, true)).toBe(true);
  expect(helpersWorth(2, null, 1, true)).toBe(true);
});

test('there is no engine without a photo', () => {
  expect(helpersWorth(1, 0.001, 1, true)).toBe(false);
  expect(helpersWorth(2, null, 2, true)).toBe(false);
});
