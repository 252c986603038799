import { AnysizeError } from '../errors.ts';
import { throwIfCancelled } from '../cancelled.ts';
import { FeatureSpaceModel } from './featureSpace.ts';
import type { GramProgress } from './gram.ts';
import { GramSpaceModel } from './gramSpace.ts';
import type { LinearModel } from '../head/linearModel.ts';
import { crossEntropy, sampleWeights } from './objective.ts';
import {
  checkGradientDescent,
  DEFAULT_GRADIENT_DESCENT,
  type EpochEvent,
  type GradientDescentOptions,
  suggestedRate,
  type TrainedLayer,
  type TrainingEvent,
} from './gradientDescentOptions.ts';
import { createRandom, type Random } from '../random.ts';
import { learningRate } from './schedule.ts';
import type { TrainingSet } from './trainingVectors.ts';
import { SLICE_MS, yieldNow } from '../yieldNow.ts';

/** Above this many rows the Gram matrix is computed only when it pays within this training. */
const GRAM_ROWS = 1000;
/** Above this many rows it would not fit: 8,000² float32 are 256 MB. */
const MAX_GRAM_ROWS = 8000;

/**
 * Trains a linear layer with softmax cross-entropy by minibatch gradient descent from zero weights (objective.ts says what is
 * minimised; weight decay is coupled: its gradient λ·W goes through momentum and Adam like the rest, so the optimum is the exact solver's).
 * SGD runs on the Gram matrix, with the same iterates. The same seed gives the same numbers.
 */
export class GradientDescent {
  private readonly model: LinearModel;
  private readonly random: Random;
  private readonly sampleWeights: Float64Array;
  private readonly waiting: (() => void)[] = [];
  private order: Int32Array = new Int32Array(0);
  private best: { loss: number; epoch: number; weights: Float64Array | Float32Array } | null = null;
  private epoch = 0;
  private step = 0;
  private next = 0;
  private sums = { loss: 0, correct: 0 };
  private paused = false;
  private over = false;
  /** The rate in use (the peak of the schedule). */
  readonly rate: number;
  /** Steps of the whole training, when nothing stops it early. */
  readonly totalSteps: number;

  private constructor(
    private readonly set: TrainingSet,
    private readonly options: GradientDescentOptions,
    gram: Awaited<ReturnType<TrainingSet['gram']>> | null,
  ) {
    const { optimiser, weightDecay } = options;
    this.rate = options.learningRate ?? suggestedRate(set, optimiser);
    this.model =
      gram && optimiser.kind === 'sgd'
        ? new GramSpaceModel(set, gram, optimiser, weightDecay)
        : new FeatureSpaceModel(set, optimiser, weightDecay);
    this.random = createRandom(options.seed);
    this.sampleWeights = sampleWeights(set.train.labels, set.classes, options.classWeights);
    this.totalSteps = 0;
    for (let epoch = 0; epoch < options.epochs; epoch++) this.totalSteps += this.stepsIn(epoch);
    this.beginEpoch();
  }

  /**
   * Prepares a training; computes the Gram matrix when it is needed and not there yet.
   * @throws AnysizeError `BadArgument` for options out of range, `Cancelled`
   */
  static async create(
    set: TrainingSet,
    options: Partial<GradientDescentOptions> = {},
    onGram?: GramProgress,
    signal?: AbortSignal,
  ): Promise<GradientDescent> {
    const full = { ...DEFAULT_GRADIENT_DESCENT, ...options };
    checkGradientDescent(full, set);
    const { count } = set.train;
    const pays = count <= Math.max(GRAM_ROWS, 4 * full.epochs * set.classes) && count <= MAX_GRAM_ROWS;
    const useGram = full.optimiser.kind === 'sgd' && (set.gramReady !== null || pays);
    const gram = useGram ? await set.gram(onGram, signal) : null;
    throwIfCancelled(signal);
    return new GradientDescent(set, full, gram);
  }

  get done(): boolean {
    return this.over;
  }

  /**
   * Runs to the end, or until {@link stop}. Work comes in slices of at most 16 ms (or one batch), between which messages get through.
   * @param onEvents what happened in a slice
   * @throws AnysizeError `Cancelled` when the signal says so; `BadArgument` when the loss is no number any more
   */
  async run(onEvents: (events: TrainingEvent[]) => void = () => {}, signal?: AbortSignal): Promise<TrainedLayer> {
    try {
      while (!this.over) {
        throwIfCancelled(signal);
        if (this.paused) {
          await new Promise<void>((resolve) => {
            this.waiting.push(resolve);
            signal?.addEventListener('abort', () => resolve(), { once: true });
          });
          continue;
        }
        const events: TrainingEvent[] = [];
        const start = performance.now();
        do events.push(...this.advance());
        while (!this.over && performance.now() - start < SLICE_MS);
        onEvents(events);
        await yieldNow();
      }
      return this.result();
    } finally {
      this.model.dispose();
    }
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    for (const wake of this.waiting.splice(0)) wake();
  }

  /** Ends the training after the batch at hand and keeps what it has learned. */
  stop(): void {
    this.over = true;
    this.resume();
  }

  /** Does one batch: its event, and the epoch's when it was the last of it. */
  advance(): TrainingEvent[] {
    if (this.over) return [];
    const { options, epoch } = this;
    const rate = learningRate(options.schedule, this.rate, this.step, this.totalSteps / options.epochs, options.epochs);
    const loss = this.lossThenStep(rate);
    if (!Number.isFinite(loss)) throw diverged(this.rate, epoch, suggestedRate(this.set, options.optimiser));
    const events: TrainingEvent[] = [{ type: 'batch', step: this.step, epoch, loss, rate }];
    if (this.next >= this.order.length) events.push(this.endEpoch());
    return events;
  }

  /** Mean loss of the next batch, after which one step is taken at the given rate, whatever the schedule says. */
  lossThenStep(rate: number): number {
    const { set, options, model } = this;
    if (this.next >= this.order.length) this.beginEpoch();
    const rows = this.order.subarray(this.next, this.next + options.batchSize);
    const labels = rows.map((row) => set.train.labels[row]!);
    const weights = Float64Array.from(rows, (row) => this.sampleWeights[row]!);
    const logits = new Float64Array(rows.length * set.classes);
    model.logits(rows, logits);
    const { loss, correct } = crossEntropy(logits, labels, weights, set.classes, options.labelSmoothing);
    for (let i = 0; i < logits.length; i++) logits[i]! /= rows.length;
    model.step(rows, logits, rate);
    this.step++;
    this.next += rows.length;
    this.sums.loss += loss;
    this.sums.correct += correct;
    return loss / rows.length;
  }

  /** Gives back the memory of the training; {@link run} does it by itself. */
  dispose(): void {
    this.model.dispose();
  }

  private stepsIn(epoch: number): number {
    const { turns } = this.set;
    return Math.ceil(turns[epoch % turns.length]!.length / this.options.batchSize);
  }

  private beginEpoch(): void {
    const { turns } = this.set;
    const rows = turns[this.epoch % turns.length]!.slice();
    this.order = this.options.shuffle ? this.random.shuffle(rows) : rows;
    this.next = 0;
    this.sums = { loss: 0, correct: 0 };
  }

  private endEpoch(): EpochEvent {
    const { options, epoch, order, sums } = this;
    const validation = this.validate();
    if (options.earlyStopping && validation && (this.best === null || validation.loss < this.best.loss)) {
      this.best = { loss: validation.loss, epoch, weights: this.model.snapshot() };
    }
    this.epoch++;
    const outOfPatience =
      options.earlyStopping !== null && this.best !== null && epoch - this.best.epoch >= options.earlyStopping.patience;
    if (this.epoch >= options.epochs || outOfPatience) this.over = true;
    else this.beginEpoch();
    return {
      type: 'epoch',
      epoch,
      trainLoss: sums.loss / order.length,
      trainAccuracy: sums.correct / order.length,
      valLoss: validation?.loss ?? null,
      valAccuracy: validation?.accuracy ?? null,
      valPredicted: validation?.predicted ?? null,
    };
  }

  /** Plain mean cross-entropy (no smoothing, no class weights) and accuracy on the validation rows. */
  private validate(): { loss: number; accuracy: number; predicted: Int32Array } | null {
    const logits = this.validationLogits();
    if (!logits) return null;
    const { labels, count } = this.set.validation!;
    // Before they become gradients.
    const predicted = bestOf(logits, count, this.set.classes);
    const { loss, correct } = crossEntropy(logits, labels, null, this.set.classes, 0);
    return { loss: loss / count, accuracy: correct / count, predicted };
  }

  private validationLogits(): Float64Array | null {
    const { validation, classes } = this.set;
    if (!validation) return null;
    const logits = new Float64Array(validation.count * classes);
    this.model.validationLogits(logits);
    return logits;
  }

  private result(): TrainedLayer {
    const { best, rate } = this;
    if (best) this.model.restore(best.weights);
    const epochs = this.epoch;
    return {
      ...this.model.layer(),
      epochs,
      epoch: best?.epoch ?? Math.max(0, epochs - 1),
      learningRate: rate,
      validationLogits: this.validationLogits(),
    };
  }
}

/** The class of the largest logit of each row, the first of equals. */
function bestOf(logits: Float64Array, rows: number, classes: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => {
    let best = 0;
    for (let k = 1; k < classes; k++) if (logits[row * classes + k]! > logits[row * classes + best]!) best = k;
    return best;
  });
}

function diverged(rate: number, epoch: number, suggested: number): AnysizeError {
  return bad(
    `training went astray in epoch ${epoch + 1}: the loss is no number any more. ` +
      `The learning rate ${rate.toPrecision(2)} is too large; ${suggested.toPrecision(2)} suits these photos`,
  );
}

function bad(message: string): AnysizeError {
  return new AnysizeError('BadArgument', message);
}
