import type { ImageHeader } from '../../../core/image-header/header.ts';
import { EMPTY_SIDE, withoutData } from '../../../core/image-header/jpegScan.ts';
import { MOST_MISSING, shareOfEmptyRows, withEnd } from '../../../core/image-header/missingEnd.ts';
import { orient } from './orientation.ts';

/** A file's picture, upright. */
export interface DecodedBlob {
  bitmap: ImageBitmap;
  /** As in {@link ImageFacts}; null where nothing is missing. */
  missingEnd: number | null;
}

/** The browser's own decoding: upright as far as it does that, in sRGB. */
export function bitmapOf(blob: Blob): Promise<ImageBitmap> {
  return createImageBitmap(blob, { imageOrientation: 'from-image', colorSpaceConversion: 'default' });
}

/** A file whose end is missing or damaged, up to there; null where it cannot be decoded all the same, or too much is missing. */
export async function decodeWithEnd(blob: Blob, header: ImageHeader): Promise<DecodedBlob | null> {
  const whole = await withEnd(blob, header.format);
  const bitmap = whole && (await bitmapOf(whole).catch(() => null));
  if (!bitmap) return null;
  const missingEnd = header.format === 'JPEG' ? missingRows(bitmap, header.orientation, await emptyColour(blob)) : 0;
  if (missingEnd <= MOST_MISSING) return { bitmap: await orient(bitmap, header), missingEnd };
  bitmap.close();
  return null;
}

/** JPEG's decoder leaves what it has no data for at the middle of its ranges: grey, but not so in four inks, or under a profile. */
const GREY = [128, 128, 128];

async function emptyColour(blob: Blob): Promise<ArrayLike<number>> {
  const empty = withoutData(new Uint8Array(await blob.arrayBuffer()));
  const bitmap = empty && (await bitmapOf(empty).catch(() => null));
  const drawing = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (!bitmap || !drawing) return GREY;
  drawing.drawImage(bitmap, -EMPTY_SIDE / 2, -EMPTY_SIDE / 2);
  bitmap.close();
  return drawing.getImageData(0, 0, 1, 1).data;
}

/** Columns and rows looked at, as they are stored. */
const LOOKED_AT = { width: 64, height: 512 };

/** Share of the stored rows, from the last upwards, that had no data, of a bitmap that was turned by its EXIF orientation. */
function missingRows(bitmap: ImageBitmap, orientation: number, empty: ArrayLike<number>): number {
  const { width, height } = LOOKED_AT;
  const drawing = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!drawing) return 0;
  drawing.imageSmoothingEnabled = false;
  // The last stored row is brought to the bottom from wherever it went.
  if (orientation === 3 || orientation === 4) drawing.setTransform(1, 0, 0, -1, 0, height);
  else if (orientation === 5 || orientation === 8) drawing.setTransform(0, 1, 1, 0, 0, 0);
  else if (orientation === 6 || orientation === 7) drawing.setTransform(0, -1, 1, 0, 0, height);
  const swapped = orientation >= 5;
  drawing.drawImage(bitmap, 0, 0, swapped ? height : width, swapped ? width : height);
  return shareOfEmptyRows(drawing.getImageData(0, 0, width, height).data, width, empty);
}
