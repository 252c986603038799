import { describe, expect, test } from 'vitest';
import { row } from '../core/batchFixtures.ts';
import {
  type BatchSort,
  countClasses,
  EVERYTHING,
  filterRows,
  keysBelow,
  rowSorter,
  sortedByName,
} from './batchView.ts';

const rows = [
  row('b/IMG_10.jpg', 'cat', 0.9, { width: 10, height: 10, milliseconds: 30 }),
  row('b/img_9.jpg', 'Dog', 0.2, { width: 20, height: 10, milliseconds: 20 }),
  row('a/broken.jpg'),
  row('b/Émile.jpg', 'cat', 0.5, { unknown: true, width: 5, height: 5, milliseconds: 10 }),
];
const paths = (sort: BatchSort) => rowSorter()(rows, sort).map(({ path }) => path);
const [ten, nine, broken, emile] = rows.map(({ path }) => path);

describe('order', () => {
  test('names as a person sorts them: numbers by value, case and accents aside', () => {
    expect(paths({ by: 'name', descending: false })).toEqual([broken, emile, nine, ten]);
    expect(paths({ by: 'name', descending: true })).toEqual([ten, nine, emile, broken]);
  });

  test('what has no value stands last, up and down', () => {
    expect(paths({ by: 'score', descending: false })).toEqual([nine, emile, ten, broken]);
    expect(paths({ by: 'score', descending: true })).toEqual([ten, emile, nine, broken]);
    expect(paths({ by: 'size', descending: true })).toEqual([nine, ten, emile, broken]);
    expect(paths({ by: 'time', descending: false })).toEqual([emile, nine, ten, broken]);
  });

  test('classes whatever their case, equal ones as they came', () => {
    expect(paths({ by: 'class', descending: false })).toEqual([ten, emile, nine, broken]);
    expect(paths({ by: 'class', descending: true })).toEqual([nine, ten, emile, broken]);
  });

  test('in slices the order by name is the same', async () => {
    const many = Array.from({ length: 700 }, (_, i) => row(`${i % 3}/IMG_${(i * 7919) % 350}.jpg`, 'x', i / 700));
    expect(await sortedByName(many)).toEqual(rowSorter()(many, { by: 'name', descending: false }));
  });

  test('rows that are added are merged into what was sorted, and nothing is left of rows that went', () => {
    const sort: BatchSort = { by: 'name', descending: false };
    const many = Array.from({ length: 400 }, (_, i) => row(`${(i * 7919) % 400}.jpg`, 'x', i / 400));
    const sorter = rowSorter();
    for (const end of [100, 101, 250, 400]) {
      expect(sorter(many.slice(0, end), sort)).toEqual(rowSorter()(many.slice(0, end), sort));
    }
    const without = many.toSpliced(50, 1);
    sorter(many.slice(0, 100), sort);
    expect(sorter(without.slice(0, 120), sort)).toEqual(rowSorter()(without.slice(0, 120), sort));
    const fewer = many.filter((_, i) => i % 3 > 0);
    expect(sorter(fewer, sort)).toEqual(rowSorter()(fewer, sort));
    expect(sorter(fewer, { by: 'score', descending: true })[0]).toBe(fewer.at(-1));
  });
});

describe('filter', () => {
  const shown = (changes: Partial<typeof EVERYTHING>) =>
    filterRows(rows, { ...EVERYTHING, ...changes }).map(({ path }) => path);

  test('nothing is left out without a filter', () => {
    expect(filterRows(rows, EVERYTHING)).toBe(rows);
  });

  test('by class, by what failed, by what is unknown', () => {
    expect(shown({ show: { label: 'cat' } })).toEqual([ten, emile]);
    expect(shown({ show: 'failed' })).toEqual([broken]);
    expect(shown({ show: 'unknown' })).toEqual([emile]);
  });

  test('by range of the score, its ends in it, photos without a score out of it', () => {
    expect(shown({ min: 0.2, max: 0.5 })).toEqual([nine, emile]);
    expect(shown({ min: 0.51 })).toEqual([ten]);
  });

  test('by part of the path', () => {
    expect(shown({ text: ' img_ ' })).toEqual([ten, nine]);
    expect(shown({ text: 'img_', show: { label: 'Dog' } })).toEqual([nine]);
  });
});

test('classes by how often they are the best', () => {
  expect(countClasses(rows)).toEqual([
    { label: 'cat', count: 2 },
    { label: 'Dog', count: 1 },
  ]);
});

test('photos below a confidence, those that could not be read not among them', () => {
  expect(keysBelow(rows, 0.5)).toEqual([rows[1]?.key]);
  expect(keysBelow(rows, 1)).toHaveLength(3);
});
