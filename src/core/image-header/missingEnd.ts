import type { ImageFormat } from './sniff.ts';

/** More of the picture than this may not be missing: what is left would be no sample of it. */
export const MOST_MISSING = 0.25;

const JPEG_END = Uint8Array.of(0xff, 0xd9);
/** An IEND chunk: no data, and the check sum of its name. */
const PNG_END = Uint8Array.of(0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82);

/** The file with an end put to it, so that decoders take what is there; null for formats that have none to put. */
export function withEnd(blob: Blob, format: ImageFormat): Blob | null {
  if (format === 'JPEG') return new Blob([blob, JPEG_END], { type: blob.type });
  if (format === 'PNG') return new Blob([blob, PNG_END], { type: blob.type });
  return null;
}

/** JPEG's decoder leaves what it has no data for at the middle of all its ranges. */
const GREY = 128;

/**
 * Share of a picture's rows, from the last upwards, for which a JPEG that was cut off had no data.
 * @param pixels RGBA, rows of `width` pixels; any even sampling of the picture will do
 */
export function shareOfGreyRows(pixels: ArrayLike<number>, width: number): number {
  const rows = pixels.length / 4 / width;
  let grey = 0;
  for (let row = rows - 1; row >= 0; row--) {
    for (let at = 4 * row * width; at < 4 * (row + 1) * width; at++) {
      if (at % 4 !== 3 && Math.abs(pixels[at]! - GREY) > 1) return grey / rows;
    }
    grey++;
  }
  return 1;
}

/** What a person is told of a photo that lacks its end. @param share of its rows that are missing */
export function missingEndWords(share: number): string {
  const percent = Math.round(100 * share);
  return percent > 0
    ? `The end of this file is missing: the lowest ${percent} % of the photo is grey.`
    : 'The end of this file is missing; the photo is all there.';
}
