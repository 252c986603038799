import { expect, it } from 'vitest';
import { DeviceLosses } from './deviceLosses.ts';

/** What each loss at these seconds was answered with. */
function answers(seconds: readonly number[]): boolean[] {
  const losses = new DeviceLosses();
  return seconds.map((second) => losses.tooMany(second * 1000));
}

it('the third loss within a minute is too many', () => {
  expect(answers([0, 1, 2])).toEqual([false, false, true]);
  expect(answers([0, 30, 59.9])).toEqual([false, false, true]);
});

it('losses more than a minute apart never are, however many', () => {
  expect(answers([0, 30, 60, 90, 120, 150])).toEqual([false, false, false, false, false, false]);
  expect(answers([0, 30, 60, 89])).toEqual([false, false, false, true]);
});
