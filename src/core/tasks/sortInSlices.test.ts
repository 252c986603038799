import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { sortInSlices } from './sortInSlices.ts';

afterEach(() => vi.restoreAllMocks());

test('sorts as the browser does, equal items in their order', async () => {
  const lists = fc.array(fc.record({ key: fc.nat(9), place: fc.nat() }), { maxLength: 2000, size: 'max' });
  await fc.assert(
    fc.asyncProperty(lists, async (items) => {
      const byKey = (a: { key: number }, b: { key: number }) => a.key - b.key;
      expect(await sortInSlices(items, byKey)).toEqual(items.toSorted(byKey));
    }),
    { numRuns: 50 },
  );
});

test('other tasks come in between, and none waits for long', async () => {
  // A clock that only comparing moves: 10 µs each.
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  let sliceStart = 0;
  let longest = 0;
  let others = 0;
  const other = () => {
    others++;
    sliceStart = now;
    timer = setTimeout(other);
  };
  let timer = setTimeout(other);
  const items = Array.from({ length: 5000 }, (_, i) => (i * 7919) % 5000);
  const sorted = await sortInSlices(items, (a, b) => {
    now += 0.01;
    longest = Math.max(longest, now - sliceStart);
    return a - b;
  });
  clearTimeout(timer);
  expect(sorted).toEqual(Array.from({ length: 5000 }, (_, i) => i));
  expect(now).toBeGreaterThan(300);
  expect(others).toBeGreaterThan(5);
  // A slice of 10 ms that the last of the short runs goes beyond, and perhaps two before the other task has its turn.
  expect(longest).toBeLessThan(60);
});
