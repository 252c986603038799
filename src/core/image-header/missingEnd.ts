import { upToDamage } from './jpegScan.ts';
import type { ImageFormat } from './sniff.ts';

/** More of the picture than this may not be missing: what is left would be no sample of it. */
export const MOST_MISSING = 0.25;

/** An IEND chunk: no data, and the check sum of its name. */
const PNG_END = Uint8Array.of(0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82);

/**
 * The file with an end put to it, a JPEG's where it is damaged, so that decoders take what is there as browsers do on a page; null for formats
 * that have none to put.
 */
export async function withEnd(blob: Blob, format: ImageFormat): Promise<Blob | null> {
  if (format === 'JPEG') return upToDamage(new Uint8Array(await blob.arrayBuffer()));
  if (format === 'PNG') return new Blob([blob, PNG_END], { type: blob.type });
  return null;
}

/**
 * Share of a picture's rows, from the last upwards, for which a JPEG had no data.
 * @param pixels RGBA, rows of `width` pixels; any even sampling of the picture will do
 * @param empty the colour of what has no data: its red, green and blue
 */
export function shareOfEmptyRows(pixels: ArrayLike<number>, width: number, empty: ArrayLike<number>): number {
  const rows = pixels.length / 4 / width;
  let none = 0;
  for (let row = rows - 1; row >= 0; row--) {
    for (let at = 4 * row * width; at < 4 * (row + 1) * width; at++) {
      if (at % 4 !== 3 && Math.abs(pixels[at]! - empty[at % 4]!) > 1) return none / rows;
    }
    none++;
  }
  return 1;
}

/** What a person is told of a photo that lacks its end. @param share of its rows that are missing */
export function missingEndWords(share: number): string {
  const percent = Math.round(100 * share);
  return percent > 0
    ? `The end of this file is missing or damaged: the lowest ${percent} % of the photo could not be read.`
    : 'The end of this file is missing; the photo is all there.';
}
