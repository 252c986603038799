import { expect, test } from 'vitest';
import { mostEngines } from './mostEngines.ts';

test('as many engines as cores, one core left for the page, four at most', () => {
  const of = (hardwareConcurrency: number) => mostEngines('auto', { hardwareConcurrency, deviceMemory: 8 });
  expect([1, 2, 3, 4, 5, 8, 32].map(of)).toEqual([1, 2, 2, 3, 4, 4, 4]);
});

test('no more than memory allows, and never less than one', () => {
  const of = (deviceMemory: number) => mostEngines('auto', { hardwareConcurrency: 8, deviceMemory });
  expect([0.25, 0.5, 1, 2, 4, 8].map(of)).toEqual([1, 1, 1, 2, 4, 4]);
  expect(mostEngines('auto', { hardwareConcurrency: 8 })).toBe(2);
  expect(mostEngines('auto', {})).toBe(1);
});

test('what a person chose holds', () => {
  expect(mostEngines(3, { hardwareConcurrency: 1, deviceMemory: 1 })).toBe(3);
});
