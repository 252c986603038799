import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as layers from '@tensorflow/tfjs-layers';
import type { Optimiser } from '../../core/head/linearModel.ts';
import { DEFAULT_NORMALISATION, levelLengths } from '../../core/head/normalise.ts';
import { createRandom } from '../../core/random.ts';
import { GradientDescent } from '../../core/training/gradientDescent.ts';
import { SCHEDULES } from '../../core/training/schedule.ts';
import type { TrainingInput, TrainingSet } from '../../core/training/trainingVectors.ts';

const CLASSES = 5;
const BATCH = 32;
const CHANNELS = 1280;
const SEED = 7;

/** Vectors about as hard to tell apart as photos of as many classes: of five nearly all are right after 50 epochs. */
export function trainingInput(count: number, levels: number[], classes = CLASSES): TrainingInput {
  const random = createRandom(SEED);
  const parts = levelLengths(levels, CHANNELS);
  const length = parts.reduce((sum, part) => sum + part, 0);
  const centres = Array.from({ length: classes }, () => Float32Array.from({ length }, () => random.next()));
  const labels = Int32Array.from({ length: count }, () => random.integer(classes));
  const vectors = Array.from(labels, (label) => {
    const centre = centres[label] as Float32Array;
    return centre.map((value) => Math.max(0, 0.2 * value + 2 * random.next() - 0.5));
  });
  return { vectors, labels, classes, normalisation: DEFAULT_NORMALISATION, levelLengths: parts };
}

/** What a person would write instead: `tf.LayersModel.fit` on the current backend. Milliseconds, and the mean batch loss of the last epoch. */
export async function layersFit(
  set: TrainingSet,
  optimiser: Optimiser,
  rate: number,
  epochs: number,
): Promise<{ time: number; loss: number }> {
  const { train, length, arena } = set;
  const rows = Float32Array.from({ length: train.count * length }, (_, i) => {
    return arena.floats[(train.places[Math.floor(i / length)] as number) + (i % length)] as number;
  });
  const x = tf.tensor2d(rows, [train.count, length]);
  const y = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(train.labels, 'int32'), CLASSES), 'float32'));
  const dense = layers.layers.dense({
    units: CLASSES,
    inputShape: [length],
    kernelInitializer: 'zeros',
    activation: 'softmax',
  });
  const model = layers.sequential({ layers: [dense] });
  const { momentum, adam } = tf.train;
  model.compile({
    optimizer: optimiser.kind === 'sgd' ? momentum(rate, optimiser.momentum) : adam(rate),
    loss: 'categoricalCrossentropy',
  });
  const options = { batchSize: BATCH, shuffle: false, verbose: 0, epochs, yieldEvery: 'never' } as const;
  const started = performance.now();
  const result = await model.fit(x, y, options);
  const time = performance.now() - started;
  const loss = result.history['loss']?.at(-1) as number;
  tf.dispose([x, y]);
  model.dispose();
  return { time, loss };
}

/** Ours: the same order, schedule constant, no weight decay, as `fit` has it. @returns the mean batch loss of the last epoch */
export async function descend(set: TrainingSet, optimiser: Optimiser, rate: number, epochs: number): Promise<number> {
  const common = { epochs, batchSize: BATCH, shuffle: false, weightDecay: 0, schedule: SCHEDULES.constant };
  let loss = NaN;
  const descent = await GradientDescent.create(set, { ...common, optimiser, learningRate: rate });
  await descent.run((events) => {
    for (const event of events) if (event.type === 'epoch') loss = event.trainLoss;
  });
  return loss;
}
