import { throwIfCancelled } from '../cancelled.ts';
import { GradientDescent } from './gradientDescent.ts';
import { type GradientDescentOptions, suggestedRate } from './gradientDescentOptions.ts';
import type { GramProgress } from './gram.ts';
import type { TrainingSet } from './trainingVectors.ts';
import { SLICE_MS, yieldNow } from '../yieldNow.ts';

export interface RatePoint {
  learningRate: number;
  /** Loss of the batch seen at this rate. */
  loss: number;
  /** Exponential moving average of the losses so far, bias-corrected. */
  smoothed: number;
}

export interface RateSweep {
  points: RatePoint[];
  /** {@link suggestRate} of the points. */
  suggestion: number;
}

const STEPS = 120;
/** The sweep runs over this factor below and above {@link suggestedRate}. */
const REACH = 1e3;
const SMOOTHING = 0.8;
/** The sweep ends when the smoothed loss exceeds this many times its least value. */
const DIVERGED = 4;

/**
 * Learning-rate finder (Smith 2015, arXiv 1506.01186, in its exponential form): trains from zero while the rate grows from
 * tiny to divergent by the same factor each batch.
 * @param options batch size, optimiser, decay and seed are used; epochs, schedule and early stopping are the sweep's own
 * @throws AnysizeError `BadArgument`, `Cancelled`
 */
export async function findLearningRate(
  set: TrainingSet,
  options: Partial<GradientDescentOptions> = {},
  onPoint: (points: readonly RatePoint[], total: number) => void = () => {},
  onGram?: GramProgress,
  signal?: AbortSignal,
): Promise<RateSweep> {
  const batches = Math.ceil(set.turns[0]!.length / (options.batchSize ?? 32));
  const epochs = Math.ceil(STEPS / batches) + 1;
  const descent = await GradientDescent.create(
    set,
    { ...options, epochs, earlyStopping: null, learningRate: 1 },
    onGram,
    signal,
  );
  const middle = suggestedRate(set, options.optimiser ?? { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 });
  const points: RatePoint[] = [];
  let average = 0;
  let least = Infinity;
  let sliceStart = performance.now();
  try {
    for (let step = 0; step < STEPS; step++) {
      const learningRate = (middle / REACH) * REACH ** ((2 * step) / (STEPS - 1));
      const loss = descent.lossThenStep(learningRate);
      if (!Number.isFinite(loss)) break;
      average = SMOOTHING * average + (1 - SMOOTHING) * loss;
      const smoothed = average / (1 - SMOOTHING ** (step + 1));
      points.push({ learningRate, loss, smoothed });
      least = Math.min(least, smoothed);
      if (smoothed > DIVERGED * Math.max(least, points[0]!.loss / 10)) break;
      if (performance.now() - sliceStart > SLICE_MS) {
        onPoint(points, STEPS);
        await yieldNow();
        throwIfCancelled(signal);
        sliceStart = performance.now();
      }
    }
  } finally {
    descent.dispose();
  }
  onPoint(points, STEPS);
  return { points, suggestion: suggestRate(points) };
}

/**
 * The smaller of two usual readings of a sweep: where the smoothed loss falls fastest against log(rate), over points two
 * apart on either side (Smith 2015), and a tenth of the rate where it is least (fastai's rule).
 */
export function suggestRate(points: readonly RatePoint[]): number {
  let steep = Infinity;
  let steepest = points[0]!;
  let least = points[0]!;
  for (const [i, point] of points.entries()) {
    if (point.smoothed < least.smoothed) least = point;
    const [before, after] = [points[i - 2], points[i + 2]];
    if (!before || !after) continue;
    const slope = (after.smoothed - before.smoothed) / Math.log(after.learningRate / before.learningRate);
    if (slope < steep) [steep, steepest] = [slope, point];
  }
  return Math.min(steepest.learningRate, least.learningRate / 10);
}
