/** What the page and the worker say to each other about fine-tuning. Plain data; vectors never leave the worker. */
import type {
  HeadData,
  ImageFacts,
  ImageInput,
  Normalisation,
  PixelRect,
  PyramidOptions,
  SizePolicy,
} from '../model.ts';
import type { AugmentOptions } from '../augmentation/augment.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { PyramidChoice } from '../recipe/choosePyramid.ts';
import type { PyramidWeights } from '../recipe/recipe.ts';
import type { Schedule } from './schedule.ts';
import type { Side } from './split.ts';

export type { AugmentOptions, Metrics, Schedule, Side };

/** What is known of a photo once it was read: enough to find duplicates and to show it. */
export interface Ingested {
  /** SHA-256 of the file's bytes, hex. */
  hash: string;
  /** Difference hash of the picture, two unsigned 32-bit words: near-identical photos differ in few bits. */
  perceptual: [number, number];
  facts: ImageFacts;
  thumbnail: Blob;
}

/** One labelled photo of a training request. */
export interface TrainingSample {
  id: string;
  classIndex: number;
  hash: string;
  perceptual: [number, number];
  /** Side marked by the user (folders named train, val, test), which wins over the split. */
  holdout?: Side;
  image: ImageInput;
}

/** What vectors are made of: the app's own features at one size, or `thorough` at three; or pooled values, as in the paper. */
export type FeatureChoice = 'anysize' | 'thorough' | 'paper';

/** How photos become vectors. */
export interface VectorOptions {
  policy: SizePolicy;
  /** What vectors are made of; `paper` of runs from before there was a choice. */
  features?: FeatureChoice;
  /** Weights of the grids under `anysize` and `thorough`; `auto`, or absent: chosen on the training photos. */
  grids?: PyramidWeights | 'auto';
  /** What is pooled under `paper`. */
  pyramid: PyramidOptions;
  /** Extra augmented views of each training photo; null for none. */
  augmentation: { views: number; options: AugmentOptions } | null;
  /** Multi-size training (He et al. 2014, §2.3): `area` sides that take turns by epoch; null for the policy's own size. */
  trainSides: number[] | null;
  /** Multi-scale testing: `area` sides whose probabilities are averaged; null for the policy's own size. */
  testSides: number[] | null;
}

export interface TrainingOptions {
  method: 'gradient' | 'exact';
  optimiser: 'adam' | 'sgd';
  momentum: number;
  schedule: Schedule;
  /** `auto`: 1 / mean L1 norm of the normalised training vectors. */
  learningRate: number | 'auto';
  epochs: number;
  batchSize: number;
  /** λ of (λ/2)·‖W‖²; `cv` (exact only): chosen by 3-fold cross-validation. */
  weightDecay: number | 'cv';
  labelSmoothing: number;
  classWeights: 'none' | 'balanced';
  /** Stop after this many epochs without a better validation loss, and take the best weights; null to run all epochs. */
  patience: number | null;
  normalisation: Normalisation;
}

export interface SplitOptions {
  /** Share of each class's photos kept for validation, 0…0.9. */
  share: number;
  seed: number;
}

export interface TrainingRequest {
  name: string;
  classes: string[];
  samples: TrainingSample[];
  split: SplitOptions;
  vectors: VectorOptions;
  training: TrainingOptions;
}

export interface BatchPoint {
  step: number;
  loss: number;
  learningRate: number;
}

export interface EpochPoint {
  epoch: number;
  trainLoss: number;
  trainAccuracy: number;
  /** Null where there is no validation photo. */
  validationLoss: number | null;
  validationAccuracy: number | null;
}

/** What a head that is still learning takes a validation photo for. */
export interface Guess {
  id: string;
  truth: number;
  predicted: number;
}

/** Where a training run is. `paused` tells that {@link FinetuneEngine.control} holds it. */
export type TrainingProgress =
  | { phase: 'vectors'; done: number; total: number; cached: number; secondsLeft: number | null }
  | {
      phase: 'training';
      epoch: number;
      epochs: number;
      batches: BatchPoint[];
      epochPoint: EpochPoint | null;
      /** After this epoch, of a few validation photos, always the same. */
      guesses?: Guess[];
    }
  | { phase: 'solving'; what: string; fraction: number }
  | { phase: 'evaluating' };

export interface SamplePrediction {
  id: string;
  side: Side;
  truth: number;
  predicted: number;
  /** One per class, summing to 1. */
  probabilities: number[];
}

/** How a run's percentages were made right. */
export interface RunCalibration {
  /** What the logits were divided by. */
  temperature: number;
  /** `validation`: fitted on the validation photos. `training`: on those and on training photos left out in turn, which says more where they are few. */
  on: 'validation' | 'training';
  /** Photos that it was fitted on. */
  photos: number;
  /** On the validation photos before; null where there is none. */
  before: Pick<Metrics, 'calibration' | 'logLoss'> | null;
}

/** Accuracy of repeated cross-validation: every photo judged several times, each time by a head that has not seen it. */
export interface RepeatedAccuracy {
  mean: number;
  /** 95 % interval. */
  low: number;
  high: number;
  folds: number;
  repeats: number;
  /** Photos that were judged. */
  photos: number;
}

/** A finished run: what it was asked, what it learned, how good it is. The head stays in the engine under `id` too. */
export interface TrainingRun {
  id: string;
  name: string;
  /** ISO 8601. */
  created: string;
  classes: string[];
  split: SplitOptions;
  vectors: VectorOptions;
  /** With the learning rate and weight decay that were used. */
  training: TrainingOptions & { learningRate: number; weightDecay: number };
  backend: string;
  seconds: { vectors: number; training: number };
  batches: BatchPoint[];
  epochs: EpochPoint[];
  /** Exact method: cross-validated accuracy of each λ tried; empty otherwise. */
  decayCurve: { weightDecay: number; accuracy: number }[];
  /** What the training photos said of the pyramid, whether it was heeded or overruled; absent on the paper's features. */
  pyramidChoice?: PyramidChoice;
  /** Every photo that was read, on the side it stood on. */
  predictions: SamplePrediction[];
  /** On the validation photos; null where there is none. */
  metrics: Metrics | null;
  /** Absent of runs made before percentages were fitted. */
  calibrated?: RunCalibration;
  /** On photos marked `test`; null where there is none. */
  testMetrics: Metrics | null;
  /** Photos left out because they could not be read. */
  failed: { id: string; message: string }[];
  notices: string[];
  /** True when the run was stopped before its last epoch. */
  stopped: boolean;
  head: HeadData;
}

export interface LearningRateCurve {
  points: { learningRate: number; loss: number }[];
  suggestion: number;
}

/**
 * `crop`, `warp`, `mean`: a global mean at 224 cropped, at 224 squashed, at the chosen size. `spp`: the paper's max pyramid. `plain`, `auto`: the
 * app's own features without the pyramid, and with the pyramid that the training photos choose.
 */
export type Strategy = 'crop' | 'warp' | 'mean' | 'spp' | 'plain' | 'auto';

export interface StrategyResult {
  strategy: Strategy;
  /** Validation accuracy of each seed, in the order of the seeds. */
  accuracies: number[];
  mean: number;
  /** Sample standard deviation over the seeds; 0 for one seed. */
  deviation: number;
}

export interface Comparison {
  results: StrategyResult[];
  seeds: number[];
  /** Strategies that share the best place: no other beats them by more than the paired spread over the seeds. */
  winners: Strategy[];
  /** The size policy that was chosen, of `mean` and `spp`; not known of comparisons made before it was kept. */
  policy?: SizePolicy;
  /** One plain sentence. */
  verdict: string;
}

export interface ComparisonProgress {
  strategy: Strategy;
  /** Trainings done, of all strategies and seeds. */
  done: number;
  total: number;
  phase: 'vectors' | 'training';
  /** While photos become vectors: how many have. */
  photos: { done: number; total: number } | null;
}

/** Where a head looked in one image for one class, on the feature map's cells. */
export interface ClassActivation {
  index: number;
  label: string;
  score: number;
  /** Grad-CAM: [height·width], ≥ 0, not normalised. */
  values: Float32Array;
  /** HiResCAM: [height·width], signed, not normalised; each bin's share stands at the cells it was pooled from. */
  located: Float32Array;
}

export interface Explanation {
  map: { height: number; width: number };
  /** Part of the image (in its own pixels) that the map covers. */
  source: PixelRect;
  /** Input of the backbone; a cell covers 32×32 of its pixels. */
  input: { width: number; height: number };
  facts: ImageFacts;
  activations: ClassActivation[];
  /** The image itself, oriented, long side ≤ 1600 px. */
  preview: Blob;
}
