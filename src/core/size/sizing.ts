import { AnysizeError } from '../errors.ts';
import type { Scale, Size, SizePlan, SizePolicy, SizePolicyKind } from '../model.ts';

/** Aspect kept, width · height ≈ 300²: the best on average of those measured (DESIGN.md, "Defaults"). */
export const DEFAULT_POLICY: SizePolicy = { kind: 'area', side: 300 };

/**
 * Largest image decoded: 2²⁷ pixels, 134 megapixels. Decoded it takes 4 bytes a pixel, so at most 512 MiB. Takes a 108-megapixel phone photo
 * (12,000 × 9,000) and leaves room for a decoder's own copy within 1.5 GB.
 */
export const DEFAULT_MAX_PIXELS = 2 ** 27;

/** Side of the square that `crop` and `warp` give: MobileNetV2's own input. */
const SQUARE = 224;
/** ImageNet's usual evaluation crop: resize the shorter side to 256 and keep the central 224, so 0.875 of it. */
const CROP_FRACTION = 0.875;
/** `fit` on an extreme aspect: at most this many times side², which an aspect of 16 : 1 just reaches. */
const FIT_AREA_FACTOR = 16;
/** No policy asks for more pixels than this of the resampler: 2²⁴, that is 4096². */
const MAX_INPUT_PIXELS = 2 ** 24;
const MAX_SIDE = 4096;
/** `native` means native: whatever was decoded, in tiles where it is large. */
const DEFAULT_NATIVE_PIXELS = DEFAULT_MAX_PIXELS;

/** The six scales that the paper tests on (He et al. 2014, §3.1, “Multi-view Testing on Feature Maps”), lengths of the shorter side in pixels. */
export const PAPER_SCALES: readonly number[] = [224, 256, 300, 360, 448, 560];

/** Least sides that can be asked for, in pixels: 0 for none, 32 for one cell of the feature map, from 97 on for the four of a 4×4 grid. */
export const MIN_SIDES: readonly number[] = [0, 32, 64, 96, 128, 224];

/** The paper's six scales, and the image's own. */
export const DEFAULT_SCALES: readonly Scale[] = [...PAPER_SCALES, 'native'];

/** Scales an image to about `pixels` in all, aspect kept as far as whole pixels and a side of at least one allow. */
function scaledToArea({ width, height }: Size, pixels: number): Size {
  const scale = Math.sqrt(pixels / (width * height));
  const side = (own: number) => Math.min(pixels, Math.max(1, Math.round(own * scale)));
  return { width: side(width), height: side(height) };
}

/** As {@link scaledToArea}, rounded down, so that the budget holds. */
export function scaledIntoBudget({ width, height }: Size, pixels: number): Size {
  const scale = Math.sqrt(pixels / (width * height));
  const shorter = Math.max(1, Math.floor(Math.min(width, height) * scale));
  const longer = Math.max(1, Math.min(Math.floor(Math.max(width, height) * scale), Math.floor(pixels / shorter)));
  return width <= height ? { width: shorter, height: longer } : { width: longer, height: shorter };
}

function fitted(size: Size, side: number): Size {
  const scale = side / Math.min(size.width, size.height);
  const budget = Math.min(FIT_AREA_FACTOR * side * side, MAX_INPUT_PIXELS);
  const input = { width: Math.round(size.width * scale), height: Math.round(size.height * scale) };
  return input.width * input.height > budget ? scaledIntoBudget(size, budget) : input;
}

/** The square of 0.875 of the shorter side in the middle of the image. */
function centralSquare({ width, height }: Size) {
  const side = Math.max(1, Math.round(Math.min(width, height) * CROP_FRACTION));
  return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), width: side, height: side };
}

/**
 * What a size policy does with an image: the rectangle that is kept and the size it is resampled to. Pixels; no side is ever 0.
 *
 * - `area`: whole image, aspect kept, width · height ≈ side².
 * - `fit`: whole image, shorter side = `side`, aspect kept. Where the aspect is beyond 16 : 1 (or the result beyond 2²⁴ pixels) the image is
 *   made smaller than that, aspect still kept, so that a 1 × 5000 strip does not become millions of pixels.
 * - `native`: own size; above `maxPixels` scaled down into that budget, aspect kept.
 * - `crop`: ImageNet's usual evaluation crop, the central square of 0.875 of the shorter side → 224 × 224.
 * - `warp`: whole image → 224 × 224, aspect given up.
 *
 * @param size of the oriented image
 * @param minSide under `area`, `fit` and `native` an input with a side below this many pixels is scaled up, aspect kept, until it has none or
 *   the input would pass 2²⁴ pixels
 * @throws AnysizeError `BadArgument` for a size, policy or minimum that is none
 */
export function planSize(size: Size, policy: SizePolicy, minSide = 1): SizePlan {
  const plan = planByPolicy(size, policy);
  wholeNumber('minSide', minSide, MAX_SIDE);
  const { width, height } = plan.input;
  const shorter = Math.min(width, height);
  if (shorter >= minSide || plan.policy.kind === 'crop' || plan.policy.kind === 'warp') return plan;
  const scale = minSide / shorter;
  const input = { width: Math.round(width * scale), height: Math.round(height * scale) };
  const fits = input.width * input.height <= MAX_INPUT_PIXELS;
  return { ...plan, input: fits ? input : scaledIntoBudget({ width, height }, MAX_INPUT_PIXELS), minSide };
}

function planByPolicy(size: Size, policy: SizePolicy): SizePlan {
  const { width, height } = size;
  if (!(Number.isInteger(width) && Number.isInteger(height) && width >= 1 && height >= 1)) {
    throw new AnysizeError('BadArgument', `an image's sides are whole numbers from 1; got ${width} × ${height}`);
  }
  const checked = toPolicy(policy);
  const whole = { x: 0, y: 0, width, height };
  switch (checked.kind) {
    case 'area':
      return { policy: checked, source: whole, input: scaledToArea(size, checked.side ** 2) };
    case 'fit':
      return { policy: checked, source: whole, input: fitted(size, checked.side) };
    case 'native': {
      const fits = width * height <= checked.maxPixels;
      return {
        policy: checked,
        source: whole,
        input: fits ? { width, height } : scaledIntoBudget(size, checked.maxPixels),
      };
    }
    case 'crop':
      return { policy: checked, source: centralSquare(size), input: { width: SQUARE, height: SQUARE } };
    case 'warp':
      return { policy: checked, source: whole, input: { width: SQUARE, height: SQUARE } };
  }
}

/** What a size policy is called everywhere, with its number: "Area 300", "Crop 224", "Native ≤ 1 MP". */
export function policyName(policy: SizePolicy): string {
  switch (policy.kind) {
    case 'area':
      return `Area ${policy.side}`;
    case 'fit':
      return `Fit ${policy.side}`;
    case 'native':
      return policy.maxPixels >= DEFAULT_NATIVE_PIXELS
        ? 'Native'
        : `Native ≤ ${Math.round(policy.maxPixels / 1e5) / 10} MP`;
    case 'crop':
      return `Crop ${SQUARE}`;
    case 'warp':
      return `Warp ${SQUARE}`;
  }
}

/** A size policy in plain words, for people. */
export function describePolicy(policy: SizePolicy): string {
  switch (policy.kind) {
    case 'area':
      return `whole image, own shape, about as many pixels as ${policy.side} × ${policy.side}`;
    case 'fit':
      return `whole image, own shape, shorter side ${policy.side} px`;
    case 'native':
      return `whole image at its own size, up to ${(policy.maxPixels / 1e6).toFixed(1)} megapixels`;
    case 'crop':
      return `central square only, ${SQUARE} × ${SQUARE} px`;
    case 'warp':
      return `whole image squashed to ${SQUARE} × ${SQUARE} px`;
  }
}

/**
 * A complete, valid size policy from one, or from its kind alone with the defaults (side 300, no more pixels than {@link DEFAULT_MAX_PIXELS}).
 * @throws AnysizeError `BadArgument` for an unknown kind, a side that is no whole number in 1…4096, or a budget below 1 pixel
 */
export function toPolicy(input: SizePolicy | SizePolicyKind): SizePolicy {
  const given: { kind?: unknown; side?: unknown; maxPixels?: unknown } =
    typeof input === 'string' ? { kind: input } : (input ?? {});
  switch (given.kind) {
    case 'area':
    case 'fit':
      return { kind: given.kind, side: wholeNumber('side', given.side ?? 300, MAX_SIDE) };
    case 'native':
      return {
        kind: 'native',
        maxPixels: wholeNumber('maxPixels', given.maxPixels ?? DEFAULT_NATIVE_PIXELS, Number.MAX_SAFE_INTEGER),
      };
    case 'crop':
    case 'warp':
      return { kind: given.kind };
    default:
      throw new AnysizeError(
        'BadArgument',
        `a size policy is area, fit, native, crop or warp; got ${JSON.stringify(given.kind)}`,
      );
  }
}

function wholeNumber(name: string, value: unknown, max: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw new AnysizeError(
    'BadArgument',
    `a size policy's ${name} is a whole number from 1 to ${max}; got ${JSON.stringify(value)}`,
  );
}
