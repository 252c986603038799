import { solveExact } from '../../core/training/exact.ts';
import { GradientDescent } from '../../core/training/gradientDescent.ts';
import type { GradientDescentOptions } from '../../core/training/gradientDescentOptions.ts';
import { ADAM, type LinearLayer, type Optimiser } from '../../core/head/linearModel.ts';
import type { BatchPoint, EpochPoint, TrainingOptions, TrainingProgress } from '../../core/training/model.ts';
import type { Prepared } from './prepare.ts';
import type { RunControl } from './RunControl.ts';

/** A trained layer with how it came about. */
export interface Fitted {
  layer: LinearLayer;
  learningRate: number;
  weightDecay: number;
  batches: BatchPoint[];
  epochs: EpochPoint[];
  decayCurve: { weightDecay: number; accuracy: number }[];
  stopped: boolean;
}

/** λ taken where cross-validation is asked of gradient descent, which does not offer it (ARCHITECTURE.md, "Defaults"). */
const DEFAULT_DECAY = 3e-4;

export function descentOptions(options: TrainingOptions, seed: number): Partial<GradientDescentOptions> {
  const optimiser: Optimiser = options.optimiser === 'adam' ? ADAM : { kind: 'sgd', momentum: options.momentum };
  return {
    optimiser,
    learningRate: options.learningRate === 'auto' ? null : options.learningRate,
    schedule: options.schedule,
    epochs: options.epochs,
    batchSize: options.batchSize,
    weightDecay: options.weightDecay === 'cv' ? DEFAULT_DECAY : options.weightDecay,
    labelSmoothing: options.labelSmoothing,
    classWeights: options.classWeights === 'balanced' ? 'balanced' : null,
    earlyStopping: options.patience === null ? null : { patience: options.patience },
    seed,
  };
}

/** Trains the last layer by the method asked for. */
export function fitHead(
  prepared: Prepared,
  options: TrainingOptions,
  seed: number,
  onProgress: (progress: TrainingProgress) => void,
  control: RunControl,
  signal: AbortSignal,
): Promise<Fitted> {
  return options.method === 'exact'
    ? fitExactly(prepared, options, seed, onProgress, signal)
    : fitByDescent(prepared, options, seed, onProgress, control, signal);
}

async function fitExactly(
  { set, groups }: Prepared,
  options: TrainingOptions,
  seed: number,
  onProgress: (progress: TrainingProgress) => void,
  signal: AbortSignal,
): Promise<Fitted> {
  const words = { gram: 'Gram matrix', 'cross-validation': 'Cross-validation of weight decay', solving: 'Solving' };
  const { labelSmoothing, weightDecay } = options;
  const classWeights = options.classWeights === 'balanced' ? ('balanced' as const) : null;
  const layer = await solveExact(
    set,
    { weightDecay, labelSmoothing, classWeights, groups, seed },
    (what, fraction) => onProgress({ phase: 'solving', what: words[what], fraction }),
    signal,
  );
  return {
    layer,
    learningRate: 0,
    weightDecay: layer.weightDecay,
    batches: [],
    epochs: [],
    decayCurve: layer.decayCurve.map(({ weightDecay, accuracy }) => ({ weightDecay, accuracy })),
    stopped: false,
  };
}

/** Photos whose answers are told while it learns. */
const SHOWN = 16;

/** Some validation photos, spread over all of them, with their rows in the training set. */
function shownPhotos(photos: Prepared['photos']): { id: string; truth: number; row: number }[] {
  const held = photos.filter(({ side }) => side === 'val');
  const count = Math.min(SHOWN, held.length);
  return Array.from({ length: count }, (_, i) => {
    const row = Math.floor((i * held.length) / count);
    const { sample } = held[row] as Prepared['photos'][number];
    return { id: sample.id, truth: sample.classIndex, row };
  });
}

async function fitByDescent(
  { set, photos }: Prepared,
  options: TrainingOptions,
  seed: number,
  onProgress: (progress: TrainingProgress) => void,
  control: RunControl,
  signal: AbortSignal,
): Promise<Fitted> {
  const batches: BatchPoint[] = [];
  const epochs: EpochPoint[] = [];
  const asked = descentOptions(options, seed);
  const shown = shownPhotos(photos);
  const descent = await GradientDescent.create(
    set,
    set.validation ? asked : { ...asked, earlyStopping: null },
    (done, total) => onProgress({ phase: 'solving', what: 'Gram matrix', fraction: done / total }),
    signal,
  );
  return control.during(descent, async () => {
    const layer = await descent.run((events) => {
      const fresh: BatchPoint[] = [];
      let epochPoint: EpochPoint | null = null;
      for (const event of events) {
        if (event.type === 'batch') {
          fresh.push({ step: event.step, loss: event.loss, learningRate: event.rate });
        } else {
          epochPoint = {
            epoch: event.epoch + 1,
            trainLoss: event.trainLoss,
            trainAccuracy: event.trainAccuracy,
            validationLoss: event.valLoss,
            validationAccuracy: event.valAccuracy,
          };
          epochs.push(epochPoint);
          const { valPredicted } = event;
          const guesses = valPredicted
            ? shown.map(({ id, truth, row }) => ({ id, truth, predicted: valPredicted[row] ?? 0 }))
            : [];
          const { epoch } = epochPoint;
          onProgress({ phase: 'training', epoch, epochs: options.epochs, batches: [], epochPoint, guesses });
        }
      }
      batches.push(...fresh);
      onProgress({ phase: 'training', epoch: epochs.length, epochs: options.epochs, batches: fresh, epochPoint: null });
    }, signal);
    return {
      layer,
      learningRate: descent.rate,
      weightDecay: asked.weightDecay ?? 0,
      batches,
      epochs,
      decayCurve: [],
      stopped: control.stopped && batches.length < descent.totalSteps,
    };
  });
}
