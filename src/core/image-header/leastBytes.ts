import type { Size } from '../model.ts';
import type { ImageFormat } from './sniff.ts';

/** Deflate packs 258 bytes into 2 bits at best: 1,032 into one byte. */
const DEFLATE_BEST = 1032;

/** A block of 8 × 8 takes 1 bit at least: its own DC code. */
const JPEG_PIXELS_PER_BYTE = 512;

/** A code of 12 bits stands for 4,096 pixels at most. */
const GIF_PIXELS_PER_BYTE = 4096 / 1.5;

/** A run of 255 pixels takes two bytes. */
const BMP_PIXELS_PER_BYTE = 128;

/**
 * Bytes below which a file of this format cannot hold a picture of this size, whatever it shows: its header and its data do not agree. 0 where
 * the format sets no bound.
 */
export function leastBytes(format: ImageFormat, { width, height }: Size): number {
  switch (format) {
    case 'PNG':
      return (height * Math.ceil(width / 8)) / DEFLATE_BEST;
    case 'JPEG':
      return (width * height) / JPEG_PIXELS_PER_BYTE;
    case 'GIF':
      return (width * height) / GIF_PIXELS_PER_BYTE;
    case 'BMP':
      return (width * height) / BMP_PIXELS_PER_BYTE;
    default:
      return 0;
  }
}
