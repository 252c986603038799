import { freeArray } from '../../../core/freeArray.ts';
import type { PixelRect, Size, SizePlan } from '../../../core/model.ts';
import type { DecodedImage } from './decode.ts';
import { readRegion, resampleRect } from './resample.ts';

/** The model's input for an image, to be read piece by piece: the whole of it need not fit in memory. */
export interface PixelSource {
  size: Size;
  /**
   * A rectangle of the input, [height, width, 3] in 0…1: the same numbers as in the whole.
   * @param into an array that an earlier reading gave and that is not needed any more; used again where it has the right length
   */
  read(rect: PixelRect, into?: Float32Array): Float32Array;
  /** Takes back what a reading gave and no one needs any more. */
  release(pixels: Float32Array): void;
}

/** The input that `plan` makes of a decoded image; nothing is computed before it is read. */
export function pixelSource({ bitmap, facts, extent }: DecodedImage, { source, input }: SizePlan): PixelSource {
  if (facts.reduction) {
    // Powers of two: exact in floats, so that what ends at the picture's edge does not end behind it.
    const share = 1 / facts.reduction;
    const kept = {
      x: extent.x + source.x * share,
      y: extent.y + source.y * share,
      width: source.width * share,
      height: source.height * share,
    };
    return { size: input, read: (rect) => resampleRect(bitmap, kept, input, rect), release: freeArray };
  }
  const native = source.width === input.width && source.height === input.height;
  return {
    size: input,
    read: (rect, into) =>
      native
        ? readRegion(bitmap, { ...rect, x: source.x + rect.x, y: source.y + rect.y }, into)
        : resampleRect(bitmap, source, input, rect),
    release: freeArray,
  };
}

/** All of the input that `plan` makes of a decoded image, [height, width, 3] in 0…1. */
export function planPixels(decoded: DecodedImage, plan: SizePlan): Float32Array {
  return pixelSource(decoded, plan).read({ x: 0, y: 0, ...plan.input });
}

/** An input that is held in memory, [height, width, 3]. */
export function heldPixels(data: Float32Array, size: Size): PixelSource {
  return {
    size,
    read({ x, y, width, height }) {
      if (width === size.width && height === size.height) return data;
      const region = new Float32Array(width * height * 3);
      for (let row = 0; row < height; row++) {
        const from = ((y + row) * size.width + x) * 3;
        region.set(data.subarray(from, from + width * 3), row * width * 3);
      }
      return region;
    },
    // It may be all of the input, which is read again.
    release() {},
  };
}
