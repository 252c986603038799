import { expect, test } from 'vitest';
import { moveInGrid, selectedAfter } from './gridSelection.ts';

test('arrows stay within the grid', () => {
  expect(moveInGrid('ArrowRight', 0, 4, 10)).toBe(1);
  expect(moveInGrid('ArrowDown', 1, 4, 10)).toBe(5);
  expect(moveInGrid('ArrowDown', 7, 4, 10)).toBe(7);
  expect(moveInGrid('ArrowUp', 2, 4, 10)).toBe(2);
  expect(moveInGrid('End', 2, 4, 10)).toBe(9);
  expect(moveInGrid('PageDown', 2, 4, 10)).toBe(9);
  expect(moveInGrid('x', 2, 4, 10)).toBeNull();
  expect(moveInGrid('constructor', 2, 4, 10)).toBeNull();
});

test('a click selects one, Ctrl switches one, Shift takes the range either way', () => {
  const ids = ['a', 'b', 'c', 'd'];
  const pick = (before: string[], anchor: number, to: number, range: boolean, toggle: boolean) => [
    ...selectedAfter(ids, new Set(before), anchor, to, { range, toggle }),
  ];
  expect(pick(['a', 'b'], 0, 2, false, false)).toEqual(['c']);
  expect(pick(['a', 'b'], 0, 1, false, true)).toEqual(['a']);
  expect(pick(['a'], 0, 2, false, true)).toEqual(['a', 'c']);
  expect(pick(['a'], 3, 1, true, false)).toEqual(['b', 'c', 'd']);
  expect(pick(['a'], 2, 3, true, true)).toEqual(['a', 'c', 'd']);
});
