import { expect, it } from 'vitest';
import { missingEndWords, shareOfGreyRows, withEnd } from './missingEnd.ts';

/** Rows of 4 pixels, each of one colour. */
const rows = (...colours: number[][]) =>
  Uint8Array.from(colours.flatMap((rgb) => [0, 1, 2, 3].flatMap(() => [...rgb, 255])));

it('counts the grey rows at the end, and no others', () => {
  const grey = [128, 128, 128];
  expect(shareOfGreyRows(rows(grey, [3, 4, 5], grey, [127, 128, 129]), 4)).toBe(0.5);
  expect(shareOfGreyRows(rows(grey, [130, 128, 128]), 4)).toBe(0);
  expect(shareOfGreyRows(rows(grey, grey), 4)).toBe(1);
});

it('puts an end to a JPEG and to a PNG', async () => {
  const bytes = async (blob: Blob | null) => [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))];
  expect(await bytes(withEnd(new Blob(['x']), 'JPEG'))).toEqual([0x78, 0xff, 0xd9]);
  expect((await bytes(withEnd(new Blob(['x']), 'PNG'))).slice(5, 9)).toEqual([...'IEND'].map((l) => l.charCodeAt(0)));
  expect(withEnd(new Blob(['x']), 'GIF')).toBeNull();
});

it('says how much is missing', () => {
  expect(missingEndWords(0)).toMatch(/all there/);
  expect(missingEndWords(0.116)).toMatch(/lowest 12 % of the photo is grey/);
});
