import type { RgbImage } from '../../core/augmentation/rgbImage.ts';
import type { Size } from '../../core/model.ts';
import { shrinkLarge } from './pixels/shrinkLarge.ts';

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

/** Shrunk by the browser, which is fast and good enough to look at; the model's input never comes from here. */
async function asJpeg(bitmap: ImageBitmap, longSide: number, quality: number): Promise<Blob> {
  const { width, height } = sizeWithin(bitmap, longSide);
  // Medium averages over mipmaps; in Chromium high is a cubic filter of fixed reach, which skips most pixels of a large photo.
  const options = { resizeWidth: width, resizeHeight: height, resizeQuality: 'medium' } as const;
  const small = await createImageBitmap(shrinkLarge(bitmap, longSide), options);
  try {
    const canvas = new OffscreenCanvas(width, height);
    const drawing = canvas.getContext('2d', { alpha: false });
    if (!drawing) throw new Error('this browser gives no 2D canvas in a worker');
    drawing.fillStyle = '#fff';
    drawing.fillRect(0, 0, width, height);
    drawing.drawImage(small, 0, 0);
    return await canvas.convertToBlob({ type: 'image/jpeg', quality });
  } finally {
    small.close();
  }
}

/** An RGB image of floats 0…1, [height, width, 3], as a PNG file. */
export function pngOf({ data, width, height }: RgbImage): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gives no 2D canvas in a worker');
  const image = context.createImageData(width, height);
  for (let i = 0, at = 0; i < data.length; i += 3) {
    for (let c = 0; c < 3; c++) image.data[at++] = Math.round(255 * (data[i + c] as number));
    image.data[at++] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas.convertToBlob();
}
