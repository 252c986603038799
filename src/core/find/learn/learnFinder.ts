import { detect } from '../detect.ts';
import { classAp, measureFinds } from '../measure.ts';
import type { FinderClass, FinderMetrics, FinderProgress, PhotoFinds, RoundPoint, WindowScore } from '../model.ts';
import { DEFAULT_PLATT, fitPlatt, plattProbability } from '../platt.ts';
import { bestOverlap } from '../boxes.ts';
import type { FinderSettings } from '../settings.ts';
import { ByteStore } from './byteStore.ts';
import { FinderLearner, type WindowSource } from './learner.ts';
import type { LearnPhoto } from './learnPhoto.ts';
import { WindowStore } from './windowRows.ts';

/** What is to be learned, and from what. */
export interface LearnTask {
  classes: readonly string[];
  settings: FinderSettings;
  /** Where each map's part ends in a vector. */
  ends: readonly number[];
  train: readonly LearnPhoto[];
  heldOut: readonly LearnPhoto[];
  source: WindowSource;
  seed: number;
  onProgress?: ((progress: FinderProgress) => void) | undefined;
  /** Called between pieces of work; may throw to stop, or wait. */
  breathe?: (() => void | Promise<void>) | undefined;
}

export interface Learned {
  classes: FinderClass[];
  rounds: RoundPoint[];
  metrics: FinderMetrics | null;
  results: PhotoFinds[];
}

/**
 * Learns a finder: rounds on the training photos with the AP on the held-out ones after each, regressors, measures and probabilities on the
 * held-out photos; then these are learned from too, from where the solution stands, so that no box that a person drew is lost.
 */
export async function learnFinder(task: LearnTask): Promise<Learned> {
  const { classes, settings, train, heldOut, source, onProgress = () => {}, breathe = () => {} } = task;
  const store = new WindowStore(await ByteStore.create(task.ends.at(-1) ?? 0), task.ends);
  const learner = new FinderLearner(classes, settings, store, source, task.seed);
  const rounds: RoundPoint[] = [];
  const telling = (make: (fraction: number) => FinderProgress) => ({
    onStep: async (fraction: number) => {
      onProgress(make(fraction));
      await breathe();
    },
  });
  const during = (round: number, step: 'windows' | 'solving') =>
    telling((fraction) => ({ phase: 'round', round, rounds: settings.rounds, step, fraction }));
  for (let round = 0; round <= settings.rounds; round++) {
    const before = learner.counts.negatives;
    if (round === 0) await learner.add(train, during(round, 'windows'));
    else await learner.mine(train, during(round, 'windows'));
    const { positives, negatives } = learner.counts;
    const added = negatives - before;
    if (round === 0 || added > 0) await learner.solve(during(round, 'solving'));
    const finder = classes.map((name, k) => classOf(name, learner.models()[k]));
    const found = await findIn(heldOut, finder, task);
    const ap = classes.map((name, k) => classAp(found, name, k).ap);
    const point = { round, positives, negatives, added, ap };
    rounds.push(point);
    onProgress({ phase: 'rounded', point });
  }
  const finish = async () => {
    const models = learner.models();
    const regressors = await learner.regressors(telling((fraction) => ({ phase: 'regressor', fraction })));
    return classes.map((name, k) => ({ ...classOf(name, models[k]), regressor: regressors[k] ?? null }));
  };
  const finder = await finish();
  if (heldOut.length === 0) return { classes: finder, rounds, metrics: null, results: [] };
  const results = await findIn(heldOut, finder, task, (fraction) => onProgress({ phase: 'measuring', fraction }));
  const metrics = measureFinds(results, classes);
  const platts = classes.map((name, k) => plattOf(results, name, k));
  const step = (from: number, to: number) =>
    telling((fraction) => ({ phase: 'all photos', fraction: from + (to - from) * fraction }));
  await learner.add(heldOut, step(0, 0.1));
  await learner.mine(heldOut, step(0.1, 0.2));
  await learner.solve(step(0.2, 1));
  const all = await finish();
  return {
    classes: all.map((one, k) => ({
      ...one,
      platt: platts[k] ?? DEFAULT_PLATT,
      threshold: metrics.classes[k]?.threshold ?? 0,
    })),
    rounds,
    metrics,
    results: results.map((photo) => ({
      ...photo,
      finds: photo.finds.map((find) => ({
        ...find,
        probability: plattProbability(platts[find.classIndex] ?? DEFAULT_PLATT, find.score),
      })),
    })),
  };
}

function classOf(name: string, model: WindowScore | undefined): FinderClass {
  if (!model) throw new Error('a class has no model');
  return { name, ...model, regressor: null, platt: DEFAULT_PLATT, threshold: 0 };
}

/** Finds in photos, of all scores. */
async function findIn(
  photos: readonly LearnPhoto[],
  classes: readonly FinderClass[],
  { source, settings, breathe }: LearnTask,
  onDone: (fraction: number) => void = () => {},
): Promise<PhotoFinds[]> {
  const found: PhotoFinds[] = [];
  for (const photo of photos) {
    const { id, size, truth } = photo;
    found.push({ id, size, truth: [...truth], finds: await findOn(photo, classes, source, settings) });
    onDone(found.length / photos.length);
    await breathe?.();
  }
  return found;
}

/** Finds among the proposals of one photo: its true boxes are not looked at. */
async function findOn(
  photo: LearnPhoto,
  classes: readonly FinderClass[],
  source: WindowSource,
  settings: FinderSettings,
) {
  const models = classes.flatMap((one) => scoresOf(one));
  const values = await source.scores(photo, models);
  return detect(proposalsOf(photo, classes, values), photo.size, classes, settings);
}

function proposalsOf(photo: LearnPhoto, classes: readonly FinderClass[], values: readonly Float32Array[]) {
  const first = photo.truth.length;
  const { scores, offsets } = splitScores(
    classes,
    values.map((value) => value.subarray(first)),
  );
  return { boxes: photo.boxes.slice(first), scores, offsets };
}

/** A class's score, and then its regressor's four, as models to be asked of a source together. */
export function scoresOf({ weights, bias, regressor }: FinderClass): WindowScore[] {
  const size = weights.length;
  const sides = regressor
    ? regressor.bias.map((offset, side) => ({
        weights: regressor.weights.subarray(side * size, (side + 1) * size),
        bias: offset,
      }))
    : [];
  return [{ weights, bias }, ...sides];
}

/** What {@link scoresOf} was answered with, by class: scores, and offsets box by box. */
export function splitScores(
  classes: readonly FinderClass[],
  values: readonly Float32Array[],
): { scores: Float32Array[]; offsets: (Float32Array | null)[] } {
  let at = 0;
  const scores: Float32Array[] = [];
  const offsets: (Float32Array | null)[] = [];
  for (const { regressor } of classes) {
    const own = values[at++] as Float32Array;
    scores.push(own);
    if (!regressor) {
      offsets.push(null);
      continue;
    }
    const sides = values.slice(at, at + 4);
    at += 4;
    offsets.push(Float32Array.from({ length: 4 * own.length }, (_, i) => sides[i % 4]?.[i >> 2] ?? 0));
  }
  return { scores, offsets };
}

/** Probabilities of one class from its finds on photos, each right where it overlaps a true box by half. */
function plattOf(photos: readonly PhotoFinds[], name: string, classIndex: number) {
  const finds = photos.flatMap(({ finds, truth }) => {
    const boxes = truth.flatMap(({ label, box }) => (label === name ? [box] : []));
    return finds.flatMap(({ classIndex: own, score, box }) =>
      own === classIndex ? [{ score, right: bestOverlap(box, boxes).iou >= 0.5 }] : [],
    );
  });
  return fitPlatt(
    finds.map(({ score }) => score),
    finds.map(({ right }) => right),
  );
}
