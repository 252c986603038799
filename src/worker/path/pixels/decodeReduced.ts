import type { ImageHeader } from '../../../core/image-header/header.ts';
import { reducedSize, type Reduction } from '../../../core/size/reduction.ts';
import type { Size } from '../../../core/model.ts';

/** Larger files are decoded by the browser from disk: ImageDecoder wants all of their bytes at hand. */
const MOST_FILE_BYTES = 64 * 2 ** 20;
/** Of a progressive file all frequencies are held while it is decoded, up to 6 bytes a pixel: beyond this, room is made for the whole picture. */
const MOST_PROGRESSIVE_PIXELS = 2 ** 25;

/**
 * Whether a file of this header can be decoded smaller than it is: a JPEG with nothing unusual about it, in a browser whose frames know how they are
 * turned where it is to be turned.
 */
export function canReduce(
  { format, rare, orientation, progressive, width, height }: ImageHeader,
  bytes: number,
): boolean {
  if (typeof ImageDecoder !== 'function' || format !== 'JPEG' || rare || bytes > MOST_FILE_BYTES) return false;
  if (progressive && width * height > MOST_PROGRESSIVE_PIXELS) return false;
  return orientation === 1 || 'rotation' in VideoFrame.prototype;
}

/**
 * A JPEG at a fraction of its size, upright and in sRGB as it is drawn: the decoder leaves out the frequencies that are not wanted.
 * @param upright size of the whole picture, turned
 * @returns null on any doubt: where the file is damaged or cut off, or the answer is not of exactly the size that was asked for. The whole decode is to
 *   judge then.
 */
export async function decodeReduced(
  blob: Blob,
  upright: Size,
  turned: boolean,
  reduction: Reduction,
): Promise<ImageBitmap | null> {
  const expected = reducedSize(upright, reduction);
  const [width, height] = turned ? [expected.height, expected.width] : [expected.width, expected.height];
  let decoder: ImageDecoder | null = null;
  let frame: VideoFrame | null = null;
  try {
    const data = await blob.arrayBuffer();
    const wanted = { desiredWidth: width, desiredHeight: height };
    decoder = new ImageDecoder({ data, type: 'image/jpeg', ...wanted, transfer: [data] });
    const { image, complete } = await decoder.decode({ completeFramesOnly: true });
    frame = image;
    if (!complete || image.codedWidth !== width || image.codedHeight !== height) return null;
    const bitmap = await createImageBitmap(image);
    if (bitmap.width === expected.width && bitmap.height === expected.height) return bitmap;
    bitmap.close();
    return null;
  } catch {
    return null;
  } finally {
    frame?.close();
    decoder?.close();
  }
}
