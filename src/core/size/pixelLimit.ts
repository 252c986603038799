import { AnysizeError } from '../errors.ts';
import type { Size } from '../model.ts';

/** JPEG's and GIF's own limit, and what browsers' bitmaps take on a side. */
const MAX_SIDE = 65_535;

/**
 * Refuses an image of more than `maxPixels` pixels, or more than 65,535 on a side.
 * @param file the file's name as shown
 * @throws AnysizeError `ImageTooLarge`, with the numbers
 */
export function checkPixels({ width, height }: Size, file: string, maxPixels: number): void {
  const longest = Math.max(width, height);
  if (longest > MAX_SIDE && width * height <= maxPixels) {
    const numbers = `one side has ${grouped(longest)} pixels; the limit is ${grouped(MAX_SIDE)}`;
    throw new AnysizeError('ImageTooLarge', `${file} is too long: ${numbers}. Cut it into pieces.`);
  }
  if (width * height <= maxPixels) return;
  const numbers = `${megapixels(width * height)} megapixels (${grouped(width)} × ${grouped(height)}); the limit is ${megapixels(maxPixels)} megapixels`;
  throw new AnysizeError(
    'ImageTooLarge',
    `${file} is too large: ${numbers}. Scale it down or cut out the part that matters.`,
  );
}

function megapixels(pixels: number): string {
  return grouped(pixels < 1e7 ? Math.round(pixels / 1e5) / 10 : Math.round(pixels / 1e6));
}

function grouped(value: number): string {
  return value.toLocaleString('en');
}
