import type { SplitOptions, VectorOptions } from '../../engine/finetune/protocol.ts';
import type { SizePolicy } from '../../engine/protocol.ts';
import { count, wait } from '../../ui/format.ts';

/** Input pixels of one feature map under a policy, for estimates; `native` is taken at its limit. */
export function policyPixels(policy: SizePolicy): number {
  if (policy.kind === 'area' || policy.kind === 'fit') return policy.side ** 2;
  if (policy.kind === 'native') return policy.maxPixels;
  return 224 ** 2;
}

export interface Cost {
  /** Feature maps to compute when nothing is cached. */
  maps: number;
  /** Input pixels of them all. */
  pixels: number;
}

/** What the vectors of `photos` photos cost: training photos at each training size and in each view, the others at each test size. */
export function costOf(vectors: VectorOptions, split: SplitOptions, photos: number): Cost {
  const validation = Math.round(photos * split.share);
  const own = policyPixels(vectors.policy);
  const train = vectors.trainSides ?? [];
  const test = vectors.testSides ?? [];
  const views = 1 + (vectors.augmentation?.views ?? 0);
  const pixelsOf = (sides: readonly number[]) =>
    sides.length > 0 ? sides.reduce((sum, side) => sum + side ** 2, 0) : own;
  return {
    maps: (photos - validation) * views * Math.max(1, train.length) + validation * Math.max(1, test.length),
    pixels: (photos - validation) * views * pixelsOf(train) + validation * pixelsOf(test),
  };
}

/**
 * What an option costs beyond going without it, in words: "computes 2.0× as many feature maps (800 instead of 400): about 40 s
 * more". Null where it costs nothing.
 */
export function extraCost(withOption: Cost, without: Cost, secondsPerPixel: number | null): string | null {
  if (withOption.maps <= without.maps) return null;
  const times = (withOption.maps / without.maps).toFixed(1);
  const maps = `computes ${times}× as many feature maps (${count(withOption.maps)} instead of ${count(without.maps)})`;
  const seconds = secondsPerPixel === null ? null : (withOption.pixels - without.pixels) * secondsPerPixel;
  return seconds === null ? maps : `${maps}: about ${wait(seconds)} more`;
}
