import { DecodeRoom } from './decodeRoom.ts';
import { displayName } from '../../../core/displayName.ts';
import { AnysizeError } from '../../../core/errors.ts';
import { type ImageHeader, isCutOff, readHeader } from '../../../core/image-header/header.ts';
import { bitmapOf, type DecodedBlob, decodeWithEnd } from './decodeWithEnd.ts';
import { forgetBlocks } from './bitmapPixels.ts';
import { canReduce, decodeReduced } from './decodeReduced.ts';
import { leastBytes } from '../../../core/image-header/leastBytes.ts';
import { orient } from './orientation.ts';
import type { ImageFacts, ImageInput, PixelRect, Size } from '../../../core/model.ts';
import { checkPixels } from '../../../core/size/pixelLimit.ts';
import { DEFAULT_MAX_PIXELS } from '../../../core/size/policies/native.ts';
import { reducedExtent, reducedSize, type Reduction } from '../../../core/size/reduction.ts';
import { withinTime } from '../../../core/withinTime.ts';

/** Longest that one file's header, and then its pixels, may take. */
const DECODE_TIMEOUT_MS = 15_000;
const BYTES_PER_PIXEL = 4;

/** Of all pictures of this worker. */
export const decodeRoom = new DecodeRoom();

export interface DecodeLimits {
  /** Largest image accepted, in pixels. */
  maxPixels: number;
  timeoutMs: number;
  /** By how much a picture of this size, upright, may be decoded smaller than it is; by nothing when absent. A wish: what is doubtful comes whole. */
  reduction: (size: Size) => Reduction;
}

/** An image ready to be sized. `bitmap` is oriented; call `close` when done: it holds 4 bytes a pixel outside the garbage collector's sight. */
export interface DecodedImage {
  facts: ImageFacts;
  bitmap: ImageBitmap;
  /** Where the picture lies in the bitmap, in pixels of that: all of it, but for a fraction of the last pixels where it was reduced. */
  extent: PixelRect;
  close(): void;
}

/**
 * Decodes an image file: header first, so that what is too large is refused before a byte is unpacked. EXIF orientation is applied, colours
 * come as sRGB, an animation as its first frame; 16-bit and CMYK as the browser gives them. A file whose end is missing or damaged is taken as
 * browsers show it, and says so, while no more than a quarter of the picture is missing: half a picture is no sample.
 * @throws AnysizeError `UnreadableImage`, `UnsupportedFormat`, `ImageTooLarge`, `DecodeTimeout` (its late result is thrown away), `Cancelled`
 */
export async function decode(
  image: ImageInput,
  { maxPixels = DEFAULT_MAX_PIXELS, timeoutMs = DECODE_TIMEOUT_MS, reduction }: Partial<DecodeLimits> = {},
  signal?: AbortSignal,
): Promise<DecodedImage> {
  if (image.bitmap) return decoded(image, { format: 'SVG' }, image.bitmap, maxPixels, () => {});
  const file = displayName(image.name);
  const within = <T>(work: Promise<T>, discard?: (late: T) => void) =>
    withinTime(work, file, timeoutMs, signal, discard);
  const header = await within(readHeader(image.blob, image.name));
  checkAgrees(header, image.blob, file, maxPixels);
  checkPixels(header, file, maxPixels);
  const wanted = reduction && canReduce(header, image.blob.size) ? reduction(uprightSize(header)) : 1;
  const reduced = wanted > 1 ? await reducedImage(image, header, wanted, within, signal) : null;
  if (reduced) return reduced;
  // Waiting for other pictures to go is none of this file's time.
  const leave = await decodeRoom.enter(header.width * header.height * BYTES_PER_PIXEL, signal);
  try {
    const { bitmap, missingEnd } = await within(decodeBlob(image, header), (late) => late.bitmap.close());
    return decoded(
      image,
      { format: header.format, ...(missingEnd !== null && { missingEnd }) },
      bitmap,
      maxPixels,
      leave,
    );
  } catch (error) {
    leave();
    throw error;
  }
}

/** Null on any doubt: the whole is decoded then, or refused. */
async function reducedImage(
  image: ImageInput,
  header: ImageHeader,
  reduction: Reduction,
  within: <T>(work: Promise<T>, discard?: (late: T) => void) => Promise<T>,
  signal?: AbortSignal,
): Promise<DecodedImage | null> {
  const size = uprightSize(header);
  const { width, height } = reducedSize(size, reduction);
  const leave = await decodeRoom.enter(width * height * BYTES_PER_PIXEL, signal);
  try {
    const bitmap = await within(decodeReduced(image.blob, size, header.orientation >= 5, reduction), (late) =>
      late?.close(),
    );
    if (!bitmap) {
      leave();
      return null;
    }
    return {
      facts: { ...size, format: header.format, bytes: image.blob.size, reduction },
      bitmap,
      extent: reducedExtent(size, reduction, header.orientation),
      close() {
        forgetBlocks(bitmap);
        bitmap.close();
        leave();
      },
    };
  } catch (error) {
    leave();
    throw error;
  }
}

function uprightSize({ width, height, orientation }: ImageHeader): Size {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

function decoded(
  image: ImageInput,
  told: Pick<ImageFacts, 'format' | 'missingEnd'>,
  bitmap: ImageBitmap,
  maxPixels: number,
  leave: () => void,
): DecodedImage {
  const { width, height } = bitmap;
  const close = () => {
    forgetBlocks(bitmap);
    bitmap.close();
    leave();
  };
  try {
    checkPixels(bitmap, displayName(image.name), maxPixels);
  } catch (error) {
    close();
    throw error;
  }
  const facts = { width, height, bytes: image.blob.size, ...told };
  return { facts, bitmap, extent: { x: 0, y: 0, width, height }, close };
}

/**
 * Tells a header that claims more than its file can hold, where its size would be refused: the advice to scale it down would mislead.
 * @throws AnysizeError `UnreadableImage`
 */
function checkAgrees({ format, width, height }: ImageHeader, { size }: Blob, file: string, maxPixels: number): void {
  if (width * height <= maxPixels || size >= leastBytes(format, { width, height })) return;
  const [claimed, bytes] = [`${width} × ${height} pixels`, `${size.toLocaleString('en')} bytes`];
  throw new AnysizeError(
    'UnreadableImage',
    `${file} is damaged: its header and the file do not agree, ${claimed} do not fit into ${bytes}. Copy or download it again.`,
  );
}

async function decodeBlob(image: ImageInput, header: ImageHeader): Promise<DecodedBlob> {
  if (header.format === 'SVG') {
    throw new AnysizeError(
      'UnsupportedFormat',
      `${displayName(image.name)} is an SVG, which only the page can draw. Give it through toImageInput.`,
    );
  }
  try {
    return { bitmap: await orient(await bitmapOf(image.blob), header), missingEnd: null };
  } catch (error) {
    const mendable = header.format === 'JPEG' || (await isCutOff(image.blob, header.format));
    const mended = mendable ? await decodeWithEnd(image.blob, header) : null;
    if (mended) return mended;
    throw await refusal(image, header, error);
  }
}

/** Why the browser's decoder failed, as far as the file shows it. */
async function refusal({ blob, name }: ImageInput, header: ImageHeader, cause: unknown): Promise<AnysizeError> {
  const file = displayName(name);
  if (header.rare) {
    const message = `${file} is ${header.rare}, which this browser does not read. Export it as an ordinary JPEG or PNG.`;
    return new AnysizeError('UnsupportedFormat', message, { cause });
  }
  if (await isCutOff(blob, header.format)) {
    return new AnysizeError(
      'UnreadableImage',
      `${file} is cut off: the end of the file is missing. Copy or download it again.`,
      { cause },
    );
  }
  const size = `${header.format}, ${header.width} × ${header.height}`;
  const message = `${file} (${size}) could not be decoded: its image data is damaged, or of a kind this browser does not read. Export it again as JPEG or PNG.`;
  return new AnysizeError('UnreadableImage', message, { cause });
}
