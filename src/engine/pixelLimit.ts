import { AnysizeError } from './errors.ts';
import type { Size } from './protocol.ts';

/**
 * Refuses an image of more than `maxPixels` pixels.
 * @param file the file's name as shown
 * @throws AnysizeError `ImageTooLarge`, with the numbers
 */
export function checkPixels({ width, height }: Size, file: string, maxPixels: number): void {
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
