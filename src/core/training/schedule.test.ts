import { expect, it } from 'vitest';
import { learningRate, type Schedule, SCHEDULES } from './schedule.ts';

/** Two epochs of five steps, peak 0.1. */
const at = (schedule: Schedule, step: number) => learningRate(schedule, 0.1, step, 5, 2);

it('constant stays', () => {
  expect([0, 4, 9].map((step) => at(SCHEDULES.constant, step))).toEqual([0.1, 0.1, 0.1]);
});

it('step multiplies at the start of every n-th epoch', () => {
  const schedule: Schedule = { kind: 'step', every: 1, factor: 0.5 };
  expect([0, 4, 5, 9].map((step) => at(schedule, step))).toEqual([0.1, 0.1, 0.05, 0.05]);
});

it('cosine runs from the rate to nearly 0', () => {
  expect(at(SCHEDULES.cosine, 0)).toBeCloseTo(0.1, 12);
  expect(at(SCHEDULES.cosine, 5)).toBeCloseTo(0.05, 12);
  expect(at(SCHEDULES.cosine, 9)).toBeCloseTo(0.05 * (1 + Math.cos(0.9 * Math.PI)), 12);
});

it('one-cycle equals PyTorch’s OneCycleLR(max_lr=0.1, total_steps=10)', () => {
  // pct_start 0.3, div_factor 25, final_div_factor 1e4: up over steps 0…2, down over 2…9, half cosines.
  const schedule = SCHEDULES.oneCycle;
  expect(at(schedule, 0)).toBeCloseTo(0.004, 12);
  expect(at(schedule, 1)).toBeCloseTo(0.052, 12);
  expect(at(schedule, 2)).toBeCloseTo(0.1, 12);
  expect(at(schedule, 9)).toBeCloseTo(4e-7, 12);
  expect(at(schedule, 5)).toBeCloseTo(4e-7 + ((0.1 - 4e-7) * (1 + Math.cos((3 * Math.PI) / 7))) / 2, 12);
});

it('refuses numbers that make no sense', () => {
  expect(() => at({ kind: 'step', every: 0, factor: 0.5 }, 0)).toThrow(/1 or more epochs/);
  expect(() => at({ ...SCHEDULES.oneCycle, warmUp: 1 }, 0)).toThrow(/between 0 and 1/);
});
