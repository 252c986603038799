import type { HeadData } from '../model.ts';
import type { RunRow } from './model.ts';

/** A head of two classes on the smallest pyramid. */
export function head(id: string, channels = 4): HeadData {
  const numbers = (count: number, from: number) => Float32Array.from({ length: count }, (_, i) => (from + i) / 7);
  return {
    id,
    name: 'Run 1',
    classes: ['a', 'b'],
    pyramid: { levels: [1], rule: 'adaptive', pooling: 'max' },
    policy: { kind: 'area', side: 300 },
    channels,
    normalisation: { sqrt: false, l2: 'vector', centre: true },
    mean: numbers(channels, 1),
    scale: 1 / 3,
    weights: numbers(2 * channels, 2),
    bias: numbers(2, 3),
  };
}

export function run(id: string, photos: readonly number[]): RunRow {
  const classes = ['a', 'b'];
  return {
    id,
    name: 'Run 1',
    created: '2026-01-02T03:04:05.678Z',
    classes,
    split: { share: 0.25, seed: 1 },
    vectors: {
      policy: { kind: 'area', side: 300 },
      pyramid: { levels: [1], rule: 'adaptive', pooling: 'max' },
      augmentation: { views: 2, options: { HorizontalFlip: { p: 0.5 } } },
      trainSides: null,
      testSides: [180, 224],
    },
    training: {
      method: 'gradient',
      optimiser: 'adam',
      momentum: 0.9,
      schedule: { kind: 'step', every: 10, factor: 0.1 },
      learningRate: 0.009,
      epochs: 2,
      batchSize: 32,
      weightDecay: 3e-4,
      labelSmoothing: 0,
      classWeights: 'none',
      patience: null,
      normalisation: { sqrt: false, l2: 'vector', centre: true },
    },
    backend: 'wasm',
    seconds: { vectors: 1.5, training: 0.25 },
    batches: [{ step: 1, loss: Number.NaN, learningRate: 0.009 }],
    epochs: [{ epoch: 1, trainLoss: 0.5, trainAccuracy: 1, validationLoss: null, validationAccuracy: null }],
    decayCurve: [],
    predictions: photos.map((photo) => ({
      id: String(photo),
      side: 'val' as const,
      truth: 0,
      predicted: 1,
      probabilities: [0.25, 0.75],
    })),
    metrics: {
      count: 1,
      confusion: [
        [0, 1],
        [0, 0],
      ],
      perClass: [
        { precision: null, recall: 0, f1: 0, support: 1 },
        { precision: 0, recall: null, f1: 0, support: 0 },
      ],
      accuracy: { value: 0, low: 0, high: 0.8, count: 1 },
      logLoss: 1.4,
      calibration: { bins: [{ low: 0, high: 0.1, count: 0, confidence: null, accuracy: null }], error: 0.75 },
      coverage: [{ threshold: 0, coverage: 1, accuracy: 0 }],
    },
    testMetrics: null,
    failed: [],
    notices: ['one'],
    stopped: false,
    basis: {
      classes: [
        { id: 'a', name: 'a' },
        { id: 'b', name: 'b' },
      ],
      members: new Map(photos.map((photo) => [String(photo), { classId: 'a', holdout: null }])),
    },
    threshold: 0.4,
    comparison: null,
  };
}
