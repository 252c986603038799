import { AnysizeError } from '../errors.ts';

/**
 * The built-in classes: our own linear head over the mean of the embedded backbone's map, `softmax(weight · x + bias)`, with the
 * temperature folded in (public/models/everyday/MODEL_CARD.md and TWO_LOOKS.md).
 */
export interface EverydayHead {
  /** One per row. */
  classes: readonly EverydayClass[];
  /** [classes, channels], row-major. */
  weight: Float32Array;
  /** [classes]. */
  bias: Float32Array;
}

export interface EverydayClass {
  /** WordNet synset (`n02113624`), or `x_…` for a class that ImageNet's thousand lack. */
  id: string;
  name: string;
  /** What kind of thing it is: “dog”, “fruit”, “device”. */
  group: string;
}

/** The head was trained on the average of the means at these two areas, sides in pixels (`area` policy): two looks. */
export const TWO_LOOKS: readonly number[] = [224, 300];

/** With the mean at area 300 alone the same head is under-confident: its logits times this (TWO_LOOKS.md). */
export const ONE_LOOK_FACTOR = 1.3;

/**
 * Logits [classes] of the built-in head.
 * @param mean x [channels]: the average of the map's means at both areas of {@link TWO_LOOKS}, or the mean at area 300 alone
 * @param looks how many areas `mean` was made of
 * @throws AnysizeError `BadArgument` where the mean has not as many channels as the head
 */
export function everydayLogits(
  { classes, weight, bias }: EverydayHead,
  mean: Float32Array,
  looks: 1 | 2,
): Float32Array {
  const channels = weight.length / classes.length;
  if (mean.length !== channels) {
    throw new AnysizeError('BadArgument', `the built-in head reads ${channels} channels; got ${mean.length}`);
  }
  const factor = looks === 1 ? ONE_LOOK_FACTOR : 1;
  const logits = Float32Array.from(bias);
  for (let row = 0, at = 0; row < logits.length; row++) {
    let sum = bias[row] as number;
    for (let c = 0; c < channels; c++, at++) sum += (weight[at] as number) * (mean[c] as number);
    logits[row] = sum * factor;
  }
  return logits;
}
