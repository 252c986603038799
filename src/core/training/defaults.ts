import { SCHEDULES } from './schedule.ts';
import { DEFAULT_POLICY, PAPER_SCALES } from '../size/sizing.ts';
import type { SplitOptions, TrainingOptions, VectorOptions } from './model.ts';

/** ARCHITECTURE.md, "Defaults". The fine-tuning tab and `anysize.train` both start from these. */
export const DEFAULT_VECTORS: VectorOptions = {
  policy: DEFAULT_POLICY,
  features: 'anysize',
  grids: 'auto',
  pyramid: { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' },
  augmentation: null,
  trainSides: null,
  testSides: null,
};

export const DEFAULT_TRAINING: TrainingOptions = {
  method: 'gradient',
  optimiser: 'adam',
  momentum: 0.9,
  schedule: SCHEDULES.cosine,
  learningRate: 'auto',
  epochs: 30,
  batchSize: 32,
  weightDecay: 3e-4,
  labelSmoothing: 0,
  classWeights: 'none',
  patience: null,
  normalisation: { sqrt: false, l2: 'vector', centre: true },
};

export const DEFAULT_SPLIT: SplitOptions = { share: 0.25, seed: 1 };

/**
 * The numbers of the paper's multi-size training (He et al. 2014, §2.3) and multi-scale testing (§3.1). There they are the shorter side; here
 * they are sides of an area, as in the default policy: for a square that is the same, other shapes get fewer pixels than in the paper.
 */
export const PAPER_TRAIN_SIDES = [224, 180];
export const PAPER_TEST_SIDES = [...PAPER_SCALES];
