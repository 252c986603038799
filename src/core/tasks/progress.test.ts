import { expect, test } from 'vitest';
import { Pace } from './progress.ts';

test('the pace is that of the last seconds', () => {
  const pace = new Pace();
  for (let i = 0; i < 3; i++) pace.count(i * 1000);
  expect(pace.perSecond).toBeNull();
  for (let i = 3; i <= 60; i++) pace.count(i * 1000);
  expect(pace.perSecond).toBeCloseTo(1, 5);
  for (let i = 1; i <= 1000; i++) pace.count(60_000 + i * 20);
  expect(pace.perSecond).toBeCloseTo(50, 0);
  pace.clear();
  expect(pace.perSecond).toBeNull();
});

test('work that takes longer than the window has a pace too', () => {
  const pace = new Pace();
  for (let i = 0; i < 6; i++) pace.count(i * 20_000);
  expect(pace.perSecond).toBeCloseTo(1 / 20, 5);
});
