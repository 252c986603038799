import type { Size } from './size.ts';

/** Side of the square that others use: MobileNetV2's own input. */
export const SQUARE = 224;
/** No policy asks for more pixels than this of the resampler: 2²⁴, that is 4096². */
export const MAX_INPUT_PIXELS = 2 ** 24;

/** Scales an image to about `pixels` in all, aspect kept as far as whole pixels and a side of at least one allow. */
export function scaledToArea({ width, height }: Size, pixels: number): Size {
  const scale = Math.sqrt(pixels / (width * height));
  const side = (own: number) => Math.min(pixels, Math.max(1, Math.round(own * scale)));
  return { width: side(width), height: side(height) };
}

/** As {@link scaledToArea}, rounded down, so that the budget holds. Exported programs call theirs `into`. */
export function scaledIntoBudget({ width, height }: Size, pixels: number): Size {
  const scale = Math.sqrt(pixels / (width * height));
  const shorter = Math.max(1, Math.floor(Math.min(width, height) * scale));
  const longer = Math.max(1, Math.min(Math.floor(Math.max(width, height) * scale), Math.floor(pixels / shorter)));
  return width <= height ? { width: shorter, height: longer } : { width: longer, height: shorter };
}
