import { THOROUGH_SIDES } from '../../../core/recipe/recipe.ts';
import { featuresOf } from '../../../core/training/features.ts';
import type { SplitOptions, VectorOptions } from '../../../core/training/model.ts';
import type { Analysis } from '../../../core/model.ts';
import { policyPixels } from '../../../core/size/sizing.ts';
import { count, plural, wait } from '../../../ui/format.ts';

export interface Cost {
  /** Feature maps to compute when nothing is cached. */
  maps: number;
  /** Input pixels of them all. */
  pixels: number;
}

/** What the vectors of `photos` photos cost: training photos at each training size and in each view, the others at each test size. */
export function costOf(vectors: VectorOptions, split: SplitOptions, photos: number): Cost {
  const validation = Math.round(photos * split.share);
  const sides = featuresOf(vectors) === 'thorough' ? THOROUGH_SIDES : [];
  const sizes = Math.max(1, sides.length);
  const own = sides.length > 0 ? sides.reduce((sum, side) => sum + side ** 2, 0) : policyPixels(vectors.policy);
  const train = vectors.trainSides ?? [];
  const test = vectors.testSides ?? [];
  const views = 1 + (vectors.augmentation?.views ?? 0);
  const pixelsOf = (sides: readonly number[]) =>
    sides.length > 0 ? sides.reduce((sum, side) => sum + side ** 2, 0) : own;
  return {
    maps: (photos - validation) * views * (train.length || sizes) + validation * (test.length || sizes),
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

/** Text that is the same for the same options, in whatever order their names come. */
function fingerprint(vectors: VectorOptions): string {
  return JSON.stringify(vectors, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** Photos that became vectors in an earlier run, sized, pooled and changed in the same way. */
export function computedBefore(
  runs: readonly { vectors: VectorOptions; predictions: readonly { id: string }[] }[],
  vectors: VectorOptions,
): ReadonlySet<string> {
  const wanted = fingerprint(vectors);
  const same = runs.filter((run) => fingerprint(run.vectors) === wanted);
  return new Set(same.flatMap(({ predictions }) => predictions.map(({ id }) => id)));
}

/** As few answers as this may be slow for reasons that pass, such as a backend that has just started. */
const LEAST_ANSWERS = 3;
/** Only the last ones tell how fast it is now. */
const MOST_ANSWERS = 20;

/** Seconds per input pixel of the last answers of the Classify tab, their median; null while there are few. */
export function paceOfAnswers(answers: readonly Pick<Analysis, 'plan' | 'times'>[]): number | null {
  if (answers.length < LEAST_ANSWERS) return null;
  const paces = answers
    .slice(-MOST_ANSWERS)
    .map(({ plan: { input }, times }) => times.total / 1000 / (input.width * input.height))
    .sort((a, b) => a - b);
  return paces[Math.floor(paces.length / 2)] ?? null;
}

/** How far the vectors are that are made ahead, in words: "200 photos: 120 looked at, 10 s left. Training need not wait for that." */
export function earlyWords(
  photos: number,
  { done, secondsLeft }: { done: number; secondsLeft: number | null },
): string {
  const left = secondsLeft === null ? '' : `, ${wait(secondsLeft)} left`;
  return `${plural(photos, 'photo')}: ${count(done)} looked at${left}. Training need not wait for that.`;
}

/** Learning itself takes seconds; no less is promised. */
const LEAST_SECONDS = 5;

/**
 * What a training is about to take, in words: "200 photos, about 40 s".
 * @param fresh cost of the photos whose vectors are not at hand
 * @param secondsPerPixel null before any pace was measured: then no time is named
 */
export function effortWords(photos: number, fresh: Cost, secondsPerPixel: number | null): string {
  if (photos > 0 && fresh.maps === 0) return `${plural(photos, 'photo')}, looked at before: likely a few seconds.`;
  if (secondsPerPixel === null) return `${plural(photos, 'photo')}.`;
  return `${plural(photos, 'photo')}, about ${wait(Math.max(LEAST_SECONDS, fresh.pixels * secondsPerPixel))}.`;
}
