import { gridsWords } from '../../core/recipe/gridsWords.ts';
import { featuresOf } from '../../core/training/features.ts';
import type { FeatureChoice, Metrics, TrainingOptions, VectorOptions } from '../../core/training/model.ts';
import { pyramidWords } from '../../core/pyramid/pyramidWords.ts';
import { policyTitle } from '../../core/size/sizing.ts';
import { wholePercent } from '../../ui/format.ts';

/** Ends of an axis of accuracies: up to 100 % and no further, down to a tenth below the lowest. */
export function accuracyRange(values: readonly (number | null)[]): [number, number] {
  const lowest = values.reduce<number>((min, value) => Math.min(min, value ?? 1), 1);
  return [Math.max(0, Math.floor(lowest * 10 - 0.5) / 10), 1];
}

/** "84 % (71–92 %), 42 of 50 validation photos": accuracy with its 95% interval, which is wide for few photos. */
export function accuracyLine({ accuracy, count }: Pick<Metrics, 'accuracy' | 'count'>, what = 'validation'): string {
  const { value, low, high } = accuracy;
  const right = Math.round(value * count);
  return `${wholePercent(value)} (${Math.round(low * 100)}–${wholePercent(high)}), ${right} of ${count} ${what} photos`;
}

/** How good it is, as a person would tell it: "Right on 44 of 50 photos it had never seen (88 %)". */
export function headlineWords(metrics: Pick<Metrics, 'accuracy' | 'count'> | null): string {
  if (!metrics) return 'No photos were kept back to check it with';
  const { accuracy, count } = metrics;
  const right = Math.round(accuracy.value * count);
  return `Right on ${right} of ${count} ${count === 1 ? 'photo' : 'photos'} it had never seen (${wholePercent(accuracy.value)})`;
}

/** With fewer validation photos than this one right or wrong photo more is five points or more. */
const ROUGH_BELOW = 20;

/** That the number is rough, or missing, where few photos or none were kept back; null where it is neither. */
export function roughWords(count: number): string | null {
  if (count >= ROUGH_BELOW) return null;
  if (count === 0) return 'How good it is can be told by leaving photos out in turn.';
  return `This number is rough: ${count === 1 ? 'only 1 photo was' : `only ${count} photos were`} kept back to check with.`;
}

/** A learning rate or weight decay: "0.009", "3e-4", "0". */
export function rate(value: number): string {
  if (value === 0) return '0';
  if (value >= 0.001 && value < 1000) return String(Number(value.toPrecision(2)));
  return value.toExponential(1).replace('.0e', 'e').replace('e+', 'e');
}

/** A time that was measured: "0.4 s", "<0.1 s". */
export function seconds(value: number): string {
  return value < 0.05 ? '<0.1 s' : `${value.toFixed(1)} s`;
}

export function methodWords({ method, optimiser }: Pick<TrainingOptions, 'method' | 'optimiser'>): string {
  if (method === 'exact') return 'exact';
  return optimiser === 'adam' ? 'Adam' : 'SGD';
}

const FEATURES: Record<FeatureChoice, string> = {
  anysize: 'Anysize',
  thorough: 'Anysize, thorough',
  paper: 'as in the paper',
};

/** What of a run is not as the page proposes it: its method, its features. */
export function unusualWords({ training, vectors }: { training: TrainingOptions; vectors: VectorOptions }): string[] {
  const usual = ['Adam', FEATURES.anysize];
  return [methodWords(training), vectorWords(vectors)].filter((words) => !usual.includes(words));
}

/** What vectors are made of: "Anysize", "Anysize, weak pyramid", "[4, 2, 1] max". */
export function vectorWords(vectors: VectorOptions): string {
  const features = featuresOf(vectors);
  if (features === 'paper') return pyramidWords(vectors.pyramid);
  const { grids = 'auto' } = vectors;
  return grids === 'auto' ? FEATURES[features] : `${FEATURES[features]}, ${gridsWords(grids)}`;
}

function pyramidOf(vectors: VectorOptions): string {
  const { grids = 'auto', pyramid } = vectors;
  if (featuresOf(vectors) === 'paper') return pyramidWords(pyramid);
  return grids === 'auto' ? 'chosen by the photos' : gridsWords(grids);
}

/** Every setting of a run by name, for comparing two. */
export function settingsOf(run: {
  split: { share: number; seed: number };
  vectors: VectorOptions;
  training: TrainingOptions;
}): [name: string, value: string][] {
  const { split, vectors, training } = run;
  const { l2, sqrt, centre } = training.normalisation;
  const exact = training.method === 'exact';
  /** What the exact method does without. */
  const gradientOnly = (value: string) => (exact ? '–' : value);
  const normalisation = [sqrt && '√x', l2 !== 'none' && `L2 per ${l2}`, centre && 'centred'].filter(Boolean);
  return [
    ['Features', FEATURES[featuresOf(vectors)]],
    ['Pyramid', pyramidOf(vectors)],
    ['Size', policyTitle(vectors.policy)],
    ['Validation share', wholePercent(split.share)],
    ['Split seed', String(split.seed)],
    ['Method', methodWords(training)],
    ['Learning rate', gradientOnly(typeof training.learningRate === 'number' ? rate(training.learningRate) : 'auto')],
    ['Schedule', gradientOnly(training.schedule.kind)],
    ['Epochs', gradientOnly(String(training.epochs))],
    ['Batch size', gradientOnly(String(training.batchSize))],
    ['Weight decay', typeof training.weightDecay === 'number' ? rate(training.weightDecay) : 'by cross-validation'],
    ['Label smoothing', String(training.labelSmoothing)],
    ['Class weights', training.classWeights],
    ['Early stopping', gradientOnly(training.patience === null ? 'off' : `after ${training.patience} epochs`)],
    ['Normalisation', normalisation.join(', ') || 'none'],
    ['Augmentation', vectors.augmentation ? `${vectors.augmentation.views} views` : 'off'],
    ['Training sizes', vectors.trainSides?.join(', ') ?? 'one'],
    ['Test sizes', vectors.testSides?.join(', ') ?? 'one'],
  ];
}
