import type { Size } from './protocol.ts';
import { resampleRect } from './resample.ts';

const THUMBNAIL_QUALITY = 0.8;
const PREVIEW_QUALITY = 0.9;

/** A small picture for the list: JPEG over white, long side ≤ `longSide` pixels, never enlarged. */
export function thumbnail(bitmap: ImageBitmap, longSide = 160): Promise<Blob> {
  return asJpeg(bitmap, longSide, THUMBNAIL_QUALITY);
}

/** The picture for looking at: JPEG over white, long side ≤ `longSide` pixels, never enlarged. */
export function preview(bitmap: ImageBitmap, longSide = 1600): Promise<Blob> {
  return asJpeg(bitmap, longSide, PREVIEW_QUALITY);
}

/** Aspect kept, long side at most `longSide`, no side below 1. */
export function sizeWithin({ width, height }: Size, longSide: number): Size {
  const scale = Math.min(1, longSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

async function asJpeg(bitmap: ImageBitmap, longSide: number, quality: number): Promise<Blob> {
  const size = sizeWithin(bitmap, longSide);
  const values = resampleRect(bitmap, { x: 0, y: 0, width: bitmap.width, height: bitmap.height }, size);
  const image = new ImageData(size.width, size.height);
  for (let from = 0, to = 0; from < values.length; to += 4) {
    image.data[to] = values[from++]! * 255;
    image.data[to + 1] = values[from++]! * 255;
    image.data[to + 2] = values[from++]! * 255;
    image.data[to + 3] = 255;
  }
  const canvas = new OffscreenCanvas(size.width, size.height);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality });
}
