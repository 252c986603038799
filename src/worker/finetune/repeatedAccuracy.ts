import { AnysizeError } from '../../core/errors.ts';
import { intervalOfFolds } from '../../core/metrics/intervalOfFolds.ts';
import { predictions } from '../../core/metrics/metrics.ts';
import { heldOutFolds } from '../../core/training/exact.ts';
import type { RepeatedAccuracy, TrainingProgress, TrainingRequest } from '../../core/training/model.ts';
import type { Preparation } from './prepare.ts';
import { RunControl } from './RunControl.ts';

const REPEATS = 5;
const FOLDS = 3;
/** Where cross-validation of the weight decay is asked for: one number for all folds (ARCHITECTURE.md, "Defaults"). */
const DEFAULT_DECAY = 3e-4;

/**
 * How often a head trained like this is right, from 5 times 3 folds: classes are dealt out evenly, each photo is judged five times by a head
 * that has not seen it, and near-duplicates stay together. The vectors are those of the run, plain views; the exact solver stands in for
 * gradient descent, whose optimum is the same.
 * @throws AnysizeError `BadArgument` where too few photos can be left out, `Cancelled`
 */
export async function repeatedAccuracy(
  preparation: Preparation,
  request: TrainingRequest,
  onProgress: (progress: TrainingProgress) => void,
  signal: AbortSignal,
): Promise<RepeatedAccuracy> {
  const { split, vectors, training } = request;
  const plain = { ...vectors, augmentation: null, trainSides: null, testSides: null };
  const samples = request.samples.filter(({ holdout }) => holdout !== 'test');
  const all = samples.map(({ holdout: _marked, ...sample }) => sample);
  const asked = { ...request, samples: all, split: { ...split, share: 0 }, vectors: plain };
  const { set, groups } = await preparation.prepare(asked, onProgress, new RunControl(), signal);
  const shares: number[] = [];
  let judged = 0;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const options = {
      weightDecay: training.weightDecay === 'cv' ? DEFAULT_DECAY : training.weightDecay,
      labelSmoothing: training.labelSmoothing,
      classWeights: training.classWeights === 'balanced' ? ('balanced' as const) : null,
      groups,
      seed: split.seed + repeat,
    };
    const told = () =>
      onProgress({ phase: 'solving', what: 'Other splits', fraction: shares.length / (REPEATS * FOLDS) });
    for (const { rows, logits } of await heldOutFolds(set, options, FOLDS, told, signal)) {
      const called = predictions(Float32Array.from(logits), set.classes);
      shares.push(rows.filter((row, i) => called[i] === set.train.labels[row]).length / rows.length);
      judged += rows.length;
    }
    told();
  }
  if (shares.length < 2) {
    throw new AnysizeError('BadArgument', 'There are too few photos to leave some out: a class needs at least two.');
  }
  const interval = intervalOfFolds(shares, 1 / (FOLDS - 1));
  return { ...interval, folds: FOLDS, repeats: REPEATS, photos: Math.round(judged / REPEATS) };
}
