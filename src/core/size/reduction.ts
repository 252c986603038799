import type { PixelRect, Size } from './size.ts';

/**
 * By how much a picture is decoded smaller than it is, on each side. JPEG stores blocks of 8 × 8 frequencies (ITU T.81), of which a decoder can leave
 * out the high ones: a block comes as 4 × 4, 2 × 2 or 1 × 1 pixels, for a fraction of the time and memory.
 */
export type Reduction = 1 | 2 | 4 | 8;

const REDUCTIONS: readonly Reduction[] = [8, 4, 2];
/** Pixels of the reduced picture for each of the input, on each side: our own filter, not the decoder's, decides what the model sees. */
const LEAST_SHARE = 2;
/** Inputs of fewer pixels are decoded for as one of so many, so that all looks at a photo share one decoding. */
const SHARED_PIXELS = 300 ** 2;
/** A person looks at what the model was given too: no long side is made shorter than this, in pixels. */
const LEAST_LONG_SIDE = 1000;

/**
 * The largest power of two by which a picture may be reduced in decoding: of the rectangle that is kept at least two pixels remain for each of the
 * input's on both sides, and the long side stays fit to look at. It depends on the picture's size and this one plan alone, so that the same photo
 * gives the same numbers whatever else is made of it.
 * @param size of the whole picture, upright
 */
export function reductionFor(size: Size, { source, input }: { source: PixelRect; input: Size }): Reduction {
  const grown = Math.max(1, Math.sqrt(SHARED_PIXELS / (input.width * input.height)));
  const share = Math.min(source.width / input.width, source.height / input.height) / grown;
  const fits = (reduction: Reduction) =>
    share >= LEAST_SHARE * reduction && Math.max(size.width, size.height) >= LEAST_LONG_SIDE * reduction;
  return REDUCTIONS.find(fits) ?? 1;
}

/** Sides of a picture that was reduced in decoding: blocks at the right and lower edge count whole. */
export function reducedSize({ width, height }: Size, reduction: Reduction): Size {
  return { width: Math.ceil(width / reduction), height: Math.ceil(height / reduction) };
}

/**
 * Where the whole picture lies in its reduced bitmap, in pixels of that: sides that are no multiple of the reduction end inside a pixel, at the
 * edge that was right or lower before the picture was turned upright.
 * @param size of the whole picture, upright
 * @param orientation EXIF's tag 274, 1…8
 */
export function reducedExtent(size: Size, reduction: Reduction, orientation: number): PixelRect {
  const width = size.width / reduction;
  const height = size.height / reduction;
  const mirroredX = [2, 3, 6, 7].includes(orientation);
  const mirroredY = [3, 4, 7, 8].includes(orientation);
  return {
    x: mirroredX ? Math.ceil(width) - width : 0,
    y: mirroredY ? Math.ceil(height) - height : 0,
    width,
    height,
  };
}
