import { augment, type AugmentOptions } from '../../core/augmentation/augment.ts';
import type { RgbImage } from '../../core/augmentation/rgbImage.ts';
import type { ImageFacts, Size, SizePlan, SizePolicy } from '../../core/model.ts';
import { scaledIntoBudget } from '../../core/size/scaling.ts';
import { reductionFor, type Reduction } from '../../core/size/reduction.ts';
import { planSize } from '../../core/size/sizing.ts';
import type { DecodedImage } from './pixels/decode.ts';
import { heldPixels, type PixelSource, pixelSource } from './pixels/pixelSource.ts';
import { resample } from './pixels/resample.ts';

/** Augmentation holds several copies of its picture as floats: of 4 megapixels, 200 MB in all. */
const MOST_HELD_PIXELS = 2 ** 22;

/** One way of looking at a photo: at which size, and as which augmented view (as it is where there is none). */
export interface View {
  policy: SizePolicy;
  /** Smaller photos are scaled up until no side is below this many pixels. */
  minSide?: number | undefined;
  augmentation?: { options: AugmentOptions; seed: number } | null;
}

/** What a view takes of a decoded photo, and the model's input that it makes; nothing of a plain view is computed before it is read. */
export function sizedView(decoded: DecodedImage, view: View): { plan: SizePlan; source: PixelSource } {
  if (!view.augmentation) {
    const plan = planSize(decoded.facts, view.policy, view.minSide);
    return { plan, source: pixelSource(decoded, plan) };
  }
  const { data, width, height } = viewPixels(decoded, view);
  // Augmentation may have made the picture smaller.
  const plan = { ...heldPlan(decoded.facts, view), input: { width, height } };
  return { plan, source: heldPixels(data, { width, height }) };
}

/**
 * By how much a photo may be decoded smaller for a view of it: not at all for augmented views, which cut pieces out and turn them, nor for inputs
 * that come in tiles, which are held to the whole to the bit.
 * @param size of the photo, upright
 * @param mostPixels largest input in one piece
 */
export function viewReduction(size: Size, { policy, minSide, augmentation }: View, mostPixels: number): Reduction {
  if (augmentation) return 1;
  const plan = planSize(size, policy, minSide);
  return plan.input.width * plan.input.height > mostPixels ? 1 : reductionFor(size, plan);
}

/** Pixels of one view of a decoded photo to be looked at or augmented, RGB in 0…1: at most 4 megapixels, whatever the policy. */
export function viewPixels({ facts, bitmap }: DecodedImage, view: View): RgbImage {
  const plan = heldPlan(facts, view);
  const image = { data: resample(bitmap, plan), width: plan.input.width, height: plan.input.height };
  return view.augmentation ? augment(image, view.augmentation.options, view.augmentation.seed) : image;
}

/** A plan whose input can be held in memory: aspect kept, at most {@link MOST_HELD_PIXELS}. */
function heldPlan(facts: ImageFacts, { policy, minSide }: View): SizePlan {
  const plan = planSize(facts, policy, minSide);
  const { width, height } = plan.input;
  return width * height <= MOST_HELD_PIXELS ? plan : { ...plan, input: scaledIntoBudget(plan.input, MOST_HELD_PIXELS) };
}
