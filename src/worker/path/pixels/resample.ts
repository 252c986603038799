import { blocksOf, withBlocks } from './bitmapPixels.ts';
import { AnysizeError } from '../../../core/errors.ts';
import type { PixelRect, Size, SizePlan } from '../../../core/model.ts';
import { Resampler } from './resamplePixels.ts';

/**
 * The model's input for an image: the plan's rectangle, resampled to the plan's size.
 * @returns [height, width, 3], values 0…1
 * @throws AnysizeError `BadArgument` where the rectangle is not whole pixels inside the bitmap
 */
export function resample(bitmap: ImageBitmap, plan: SizePlan): Float32Array {
  return resampleRect(bitmap, plan.source, plan.input);
}

/**
 * A rectangle of an image, resampled to `target`, alpha over white. Computed here, in floats, and not by the browser: the same on every
 * backend. Holds a few MiB at a time, never a canvas of the image's size.
 * @param window part of the target that is wanted, the same as it comes out of the whole; all of it when absent
 * @param source may begin and end inside a pixel
 * @returns [height, width, 3], values 0…1
 * @throws AnysizeError `BadArgument` where the rectangle is not inside the bitmap
 */
export function resampleRect(bitmap: ImageBitmap, source: PixelRect, target: Size, window?: PixelRect): Float32Array {
  const [x, y] = [Math.floor(source.x), Math.floor(source.y)];
  const right = Math.ceil(source.x + source.width);
  checkInside(bitmap, { x, y, width: right - x, height: Math.ceil(source.y + source.height) - y });
  const resampler = new Resampler(source, target, window, { x: source.x - x, y: source.y - y });
  const { reach } = resampler;
  const read = { ...reach, x: x + reach.x, y: y + reach.y };
  for (const strip of blocksOf(read, window?.width ?? target.width)) {
    withBlocks(bitmap, strip, (pixels) => {
      resampler.push(strip.map((block, i) => ({ ...block, x: block.x - x, data: pixels[i]! })));
    });
  }
  return resampler.finish();
}

/**
 * A rectangle of an image at its own scale, alpha over white: for tiles.
 * @param into written to and given back where it has the right length: tiles are many, and each is 25 MB for the garbage collector
 * @returns [height, width, 3], values 0…1: exactly byte / 255
 * @throws AnysizeError `BadArgument` where the rectangle is not whole pixels inside the bitmap
 */
export function readRegion(bitmap: ImageBitmap, rect: PixelRect, into?: Float32Array): Float32Array {
  checkInside(bitmap, rect);
  const length = rect.height * rect.width * 3;
  const region = into?.length === length ? into : new Float32Array(length);
  for (const block of [...blocksOf(rect)].flat()) {
    withBlocks(bitmap, [block], ([data]) => copyBlock(data!, block, rect, region));
  }
  return region;
}

/** A block's bytes to their place in a region, as byte / 255. */
function copyBlock(data: Uint8ClampedArray, block: PixelRect, rect: PixelRect, region: Float32Array): void {
  for (let row = 0; row < block.height; row++) {
    let to = ((block.y - rect.y + row) * rect.width + block.x - rect.x) * 3;
    for (let from = row * block.width * 4; from < (row + 1) * block.width * 4; from += 4) {
      region[to++] = data[from]! / 255;
      region[to++] = data[from + 1]! / 255;
      region[to++] = data[from + 2]! / 255;
    }
  }
}

function checkInside(bitmap: ImageBitmap, { x, y, width, height }: PixelRect): void {
  const whole = [x, y, width, height].every(Number.isInteger);
  if (
    whole &&
    x >= 0 &&
    y >= 0 &&
    width >= 1 &&
    height >= 1 &&
    x + width <= bitmap.width &&
    y + height <= bitmap.height
  )
    return;
  throw new AnysizeError(
    'BadArgument',
    `${width} × ${height} at ${x}, ${y} is no rectangle of whole pixels inside an image of ${bitmap.width} × ${bitmap.height}`,
  );
}
