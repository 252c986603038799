import { brightnessContrast, hueSaturationValue } from './augmentColour.ts';
import {
  gridDistortionMap,
  horizontalFlip,
  remap,
  resizeArea,
  rotate90,
  shiftScaleRotateMap,
} from './augmentGeometry.ts';
import type { RgbImage } from './rgbImage.ts';
import { createRandom } from '../random.ts';

/**
 * The augmentations, by their albumentations names and with their parameters. Each is applied with probability `p`; a limit L
 * draws uniformly from −L…L. A name that is absent is off.
 */
export interface AugmentOptions {
  /** Downscales by a factor drawn from `scaleMin`…1, averaging areas; the image gets smaller, its content stays. */
  Resize?: { p: number; scaleMin: number };
  /** Degrees counter-clockwise: 0, 90, 180 or 270, drawn evenly. */
  RandomRotate90?: { p: number };
  HorizontalFlip?: { p: number };
  /** Shift as a share of the side, scale as 1 ± limit, rotation in degrees counter-clockwise about the centre. */
  ShiftScaleRotate?: { p: number; shiftLimit: number; scaleLimit: number; rotateLimit: number };
  /** A grid of `numSteps` × `numSteps` cells whose columns and rows get 1 ± `distortLimit` times their size. */
  GridDistortion?: { p: number; numSteps: number; distortLimit: number };
  /** x·(1 ± contrastLimit) ± brightnessLimit, on 0…1. */
  RandomBrightnessContrast?: { p: number; brightnessLimit: number; contrastLimit: number };
  /** OpenCV's 8-bit units, as in albumentations: hue in steps of 2°, saturation and value out of 255. */
  HueSaturationValue?: { p: number; hueShiftLimit: number; satShiftLimit: number; valShiftLimit: number };
}

/** albumentations' own limits. Quarter turns are off: most photos have an up and a down. */
export const DEFAULT_AUGMENTATION: AugmentOptions = {
  RandomRotate90: { p: 0 },
  Resize: { p: 0.25, scaleMin: 0.5 },
  HorizontalFlip: { p: 0.5 },
  ShiftScaleRotate: { p: 0.5, shiftLimit: 0.0625, scaleLimit: 0.1, rotateLimit: 45 },
  GridDistortion: { p: 0.25, numSteps: 5, distortLimit: 0.3 },
  RandomBrightnessContrast: { p: 0.5, brightnessLimit: 0.2, contrastLimit: 0.2 },
  HueSaturationValue: { p: 0.5, hueShiftLimit: 20, satShiftLimit: 30, valShiftLimit: 20 },
};

/** Smallest side, in pixels, that Resize leaves: one cell of the feature map. */
const MIN_SIDE = 32;

/**
 * One augmented view of an image: Resize, RandomRotate90, HorizontalFlip, ShiftScaleRotate, GridDistortion,
 * RandomBrightnessContrast, HueSaturationValue, in this order. What leaves the picture's edge is filled by reflection without
 * repeating the edge (reflect_101); sampling is bilinear.
 * @param image RGB [height, width, 3], 0…1; left as it is
 * @returns a new image, 0…1; the sides change with Resize, and swap with a quarter turn
 */
export function augment(image: RgbImage, options: AugmentOptions, seed: number): RgbImage {
  const random = createRandom(seed);
  const within = (limit: number) => random.uniform(-limit, limit);
  let out: RgbImage = { ...image, data: image.data.slice() };
  const {
    Resize,
    RandomRotate90,
    HorizontalFlip,
    ShiftScaleRotate,
    GridDistortion,
    RandomBrightnessContrast,
    HueSaturationValue,
  } = options;

  if (Resize && random.chance(Resize.p)) {
    const smallest = Math.min(1, MIN_SIDE / Math.min(out.width, out.height));
    const scale = Math.max(smallest, random.uniform(Resize.scaleMin, 1));
    out = resizeArea(out, Math.max(1, Math.round(out.width * scale)), Math.max(1, Math.round(out.height * scale)));
  }
  if (RandomRotate90 && random.chance(RandomRotate90.p)) out = rotate90(out, random.integer(4));
  if (HorizontalFlip && random.chance(HorizontalFlip.p)) out = horizontalFlip(out);
  if (ShiftScaleRotate && random.chance(ShiftScaleRotate.p)) {
    const { shiftLimit, scaleLimit, rotateLimit } = ShiftScaleRotate;
    const angle = within(rotateLimit);
    const scale = 1 + within(scaleLimit);
    out = remap(out, shiftScaleRotateMap(out, { angle, scale, dx: within(shiftLimit), dy: within(shiftLimit) }));
  }
  if (GridDistortion && random.chance(GridDistortion.p)) {
    const { numSteps, distortLimit } = GridDistortion;
    const steps = () => Array.from({ length: numSteps }, () => 1 + within(distortLimit));
    out = remap(out, gridDistortionMap(out, steps(), steps()));
  }
  if (RandomBrightnessContrast && random.chance(RandomBrightnessContrast.p)) {
    const { brightnessLimit, contrastLimit } = RandomBrightnessContrast;
    brightnessContrast(out, within(brightnessLimit), within(contrastLimit));
  }
  if (HueSaturationValue && random.chance(HueSaturationValue.p)) {
    const { hueShiftLimit, satShiftLimit, valShiftLimit } = HueSaturationValue;
    hueSaturationValue(out, within(hueShiftLimit), within(satShiftLimit), within(valShiftLimit));
  }
  return out;
}
