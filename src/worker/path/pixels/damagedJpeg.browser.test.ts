/** JPEGs that browsers show although something is wrong with them, made by hand. */
import { expect, it } from 'vitest';
import { cmykJpeg } from '../../../core/image-header/cmykFixture.ts';
import { bytesOf } from '../../../core/image-header/testFiles.ts';
import { decode } from './decode.ts';

const [COLUMNS, ROWS] = [12, 40];
const colour = (column: number, row: number) => [
  20 * column,
  255 - 6 * row,
  (37 * (column + row)) % 256,
  200 + (row % 3),
];
const photo = (options = {}) => cmykJpeg(COLUMNS, ROWS, colour, options);

/** What the page's own img element makes of a file: its size, or null. */
async function shown(file: Blob): Promise<string | null> {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  const drawn = await image.decode().then(
    () => `${image.naturalWidth}×${image.naturalHeight}`,
    () => null,
  );
  URL.revokeObjectURL(image.src);
  return drawn;
}

/** The file with what stands at a place between 0 and 1 of it written over. */
function damagedAt(place: number, bytes: number[], file = photo()): Uint8Array<ArrayBuffer> {
  const damaged = file.slice();
  damaged.set(bytes, Math.floor(place * file.length));
  return damaged;
}

const FILES: readonly (readonly [name: string, file: Uint8Array<ArrayBuffer>])[] = [
  ['inks without Adobe’s marker', photo({ adobe: null })],
  ['YCCK', photo({ adobe: 2 })],
  ['components called C, M, Y and K', photo({ ids: [0x43, 0x4d, 0x59, 0x4b] })],
  ['components from 0 on', photo({ ids: [0, 1, 2, 3] })],
  ['four components of one id', photo({ ids: [1, 1, 1, 1] })],
  ['a segment of length 0', bytesOf(0xff, 0xd8, 0xff, 0xe0, 0, 0, photo().subarray(2))],
  ['a comment of length 1', bytesOf(0xff, 0xd8, 0xff, 0xfe, 0, 1, photo().subarray(2))],
  ['bytes after the end', bytesOf(photo(), new Uint8Array(70_000).fill(7))],
];

it.each(FILES)('taken whole: %s', async (_name, file) => {
  const blob = new Blob([file]);
  expect(await shown(blob)).toBe('96×320');
  const { facts, close } = await decode({ blob, name: 'a.jpg' });
  expect(facts).toMatchObject({ width: 96, height: 320, format: 'JPEG' });
  expect(facts).not.toHaveProperty('missingEnd');
  close();
});

const DAMAGED: readonly (readonly [name: string, file: Uint8Array<ArrayBuffer>])[] = [
  ['cut off', photo().subarray(0, 0.9 * photo().length)],
  ['cut off, without Adobe’s marker', photo({ adobe: null }).subarray(0, 0.9 * photo().length)],
  ['a frame header amid its data', damagedAt(0.9, [0xff, 0xc0])],
  ['a broken table amid its data', damagedAt(0.9, [0xff, 0xc4, 0, 3])],
  ['a row of 255 amid its data', damagedAt(0.9, [255, 255, 255, 255])],
];

it.each(DAMAGED)('taken, and it says how much is missing: %s', async (_name, file) => {
  const blob = new Blob([file]);
  expect(await shown(blob)).toBe('96×320');
  const { facts, close } = await decode({ blob, name: 'a.jpg' });
  expect(facts.missingEnd).toBeGreaterThan(0.05);
  expect(facts.missingEnd).toBeLessThan(0.2);
  close();
});

it('half a picture in four inks is refused, as one in three colours is', async () => {
  for (const file of [photo().subarray(0, photo().length / 2), damagedAt(0.5, [0xff, 0xc0])]) {
    await expect(decode({ blob: new Blob([file]), name: 'a.jpg' })).rejects.toMatchObject({ name: 'UnreadableImage' });
  }
});
