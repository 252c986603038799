import type { RgbImage } from '../../core/augmentation/rgbImage.ts';
import type { Size } from '../../core/model.ts';
import { shrinkLarge } from './pixels/shrinkLarge.ts';

const THUMBNAIL_QUALITY = 0.8;
const PREVIEW_QUALITY = 0.9;
const PREVIEW_SIDE = 1600;

/** A small picture for the list: JPEG over white, long side ≤ `longSide` pixels, never enlarged. */
export function thumbnail(bitmap: ImageBitmap, longSide = 160): Promise<Blob> {
  return asJpeg(bitmap, longSide, THUMBNAIL_QUALITY);
}

/** The picture for looking at: JPEG over white, long side ≤ 1600 pixels, never enlarged. */
export function preview(bitmap: ImageBitmap): Promise<Blob> {
  return asJpeg(bitmap, PREVIEW_SIDE, PREVIEW_QUALITY);
}

/** Both pictures of one image: the small one is made of the large one, so that a photo of many megapixels is read once. */
export async function previewAndThumbnail(bitmap: ImageBitmap): Promise<{ preview: Blob; thumbnail: Blob }> {
  const large = await shrunk(bitmap, PREVIEW_SIDE);
  try {
    return { preview: await encoded(large, PREVIEW_QUALITY), thumbnail: await thumbnail(large) };
  } finally {
    large.close();
  }
}

/** Aspect kept, long side at most `longSide`, no side below 1. */
export function sizeWithin({ width, height }: Size, longSide: number): Size {
  const scale = Math.min(1, longSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

async function asJpeg(bitmap: ImageBitmap, longSide: number, quality: number): Promise<Blob> {
  const small = await shrunk(bitmap, longSide);
  try {
    return await encoded(small, quality);
  } finally {
    small.close();
  }
}

/** Shrunk by the browser, which is fast and good enough to look at; the model's input never comes from here. */
function shrunk(bitmap: ImageBitmap, longSide: number): Promise<ImageBitmap> {
  const { width, height } = sizeWithin(bitmap, longSide);
  // Medium averages over mipmaps; in Chromium high is a cubic filter of fixed reach, which skips most pixels of a large photo.
  const options = { resizeWidth: width, resizeHeight: height, resizeQuality: 'medium' } as const;
  return createImageBitmap(shrinkLarge(bitmap, longSide), options);
}

function encoded(small: ImageBitmap, quality: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(small.width, small.height);
  const drawing = canvas.getContext('2d', { alpha: false });
  if (!drawing) throw new Error('this browser gives no 2D canvas in a worker');
  drawing.fillStyle = '#fff';
  drawing.fillRect(0, 0, small.width, small.height);
  drawing.drawImage(small, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality });
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
