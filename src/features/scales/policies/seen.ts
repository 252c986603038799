import type { ImageFacts, SizePlan } from '../../../core/model.ts';

/** What becomes of an image on its way into the network. */
export type Seen = 'whole' | 'cut off' | 'squashed';

/** How much of its shape an image may lose to rounding. */
const SAME_SHAPE = 0.03;

export function seenAs({ width, height }: Pick<ImageFacts, 'width' | 'height'>, { source, input }: SizePlan): Seen {
  if (source.width < width || source.height < height) return 'cut off';
  const change = Math.abs(Math.log((input.width * height) / (input.height * width)));
  // A pixel more or less of a short side is no squashing.
  const rounding = 1 / Math.min(input.width, input.height);
  return change > SAME_SHAPE + rounding ? 'squashed' : 'whole';
}
