import { expect, it } from 'vitest';
import { missingEndWords, shareOfEmptyRows, withEnd } from './missingEnd.ts';

/** Rows of 4 pixels, each of one colour. */
const rows = (...colours: number[][]) =>
  Uint8Array.from(colours.flatMap((rgb) => [0, 1, 2, 3].flatMap(() => [...rgb, 255])));

it('counts the rows without data at the end, and no others', () => {
  const grey = [128, 128, 128];
  expect(shareOfEmptyRows(rows(grey, [3, 4, 5], grey, [127, 128, 129]), 4, grey)).toBe(0.5);
  expect(shareOfEmptyRows(rows(grey, [130, 128, 128]), 4, grey)).toBe(0);
  expect(shareOfEmptyRows(rows(grey, grey), 4, grey)).toBe(1);
});

it('puts an end to a PNG', async () => {
  const ended = await withEnd(new Blob(['x']), 'PNG');
  expect((await ended?.text())?.slice(5, 9)).toBe('IEND');
  expect(await withEnd(new Blob(['x']), 'GIF')).toBeNull();
});

it('says how much is missing', () => {
  expect(missingEndWords(0)).toMatch(/all there/);
  expect(missingEndWords(0.116)).toMatch(/lowest 12 % of the photo could not be read/);
});
