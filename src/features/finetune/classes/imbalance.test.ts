import { expect, test } from 'vitest';
import { imbalanceOf, imbalanceOfSet } from './imbalance.ts';

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

test('nothing is said before all photos are read', () => {
  const classes = [
    { id: 'a', name: 'daisy' },
    { id: 'b', name: 'roses' },
  ];
  const counts = (usable: number, waiting: number) => ({ ids: [], usable, waiting, failed: 0, copies: 0 });
  const reading = {
    waiting: 30,
    perClass: new Map([
      ['a', counts(40, 0)],
      ['b', counts(10, 30)],
    ]),
  };
  expect(imbalanceOfSet(classes, reading)).toBeNull();
  expect(imbalanceOfSet(classes, { ...reading, waiting: 0 })).toContain('40 and 10');
});
