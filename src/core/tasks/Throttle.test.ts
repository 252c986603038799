import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Throttle } from './Throttle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('tells at once after a rest, then at most ten times a second, and the last of it', async () => {
  const told: number[] = [];
  const throttle = new Throttle(() => told.push(Date.now()), 100, Date.now);
  const start = Date.now();
  for (let i = 0; i < 100; i++) {
    throttle.soon();
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.advanceTimersByTimeAsync(500);
  expect(told.map((at) => at - start)).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
});

test('what is dropped is not told; what is told now is not told again', async () => {
  let told = 0;
  const throttle = new Throttle(() => told++, 100, Date.now);
  throttle.soon();
  throttle.drop();
  await vi.advanceTimersByTimeAsync(500);
  expect(told).toBe(0);
  throttle.soon();
  throttle.now();
  await vi.advanceTimersByTimeAsync(500);
  expect(told).toBe(1);
});
