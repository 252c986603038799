import type { SplitOptions, VectorOptions } from '../../engine/finetune/protocol.ts';
import type { SizePolicy } from '../../engine/protocol.ts';
import { count, plural, wait } from '../../ui/format.ts';

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

/** Photos that became vectors in an earlier run, sized, pooled and changed in the same way. */
export function computedBefore(
  runs: readonly { vectors: VectorOptions; predictions: readonly { id: string }[] }[],
  vectors: VectorOptions,
): ReadonlySet<string> {
  const wanted = JSON.stringify(vectors);
  const same = runs.filter((run) => JSON.stringify(run.vectors) === wanted);
  return new Set(same.flatMap(({ predictions }) => predictions.map(({ id }) => id)));
}

/** Learning itself takes seconds; no less is promised. */
const LEAST_SECONDS = 5;

/**
 * What a training is about to take, in words: "200 photos, about 40 s".
 * @param fresh cost of the photos whose vectors are not at hand
 * @param secondsPerPixel null before any pace was measured: then no time is named
 */
export function effortWords(photos: number, fresh: Cost, secondsPerPixel: number | null): string {
  if (photos > 0 && fresh.maps === 0) return `${plural(photos, 'photo')}, looked at before: a few seconds.`;
  if (secondsPerPixel === null) return `${plural(photos, 'photo')}.`;
  return `${plural(photos, 'photo')}, about ${wait(Math.max(LEAST_SECONDS, fresh.pixels * secondsPerPixel))}.`;
}
