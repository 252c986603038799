import { AnysizeError } from '../errors.ts';
import type { Normalisation } from '../model.ts';
import { computeGram, type Gram, type GramProgress } from './gram.ts';
import { fitNormaliser, normaliseInto, type Normaliser } from '../head/normalise.ts';
import { Arena, ROW_PADDING } from './simd/arena.ts';
import { throwIfCancelled } from '../cancelled.ts';
import { SLICE_MS, yieldNow } from '../yieldNow.ts';

/** Labelled raw vectors, as pooling gives them. */
export interface LabelledVectors {
  /** N of [D], bin-major. */
  vectors: readonly Float32Array[];
  /** Class of each, 0…K−1. */
  labels: ArrayLike<number>;
}

export interface TrainingInput extends LabelledVectors {
  classes: number;
  normalisation: Normalisation;
  /** From `levelLengths(pyramid.levels, channels)`. */
  levelLengths: readonly number[];
  /** What each part of a vector is multiplied by before anything else; absent: 1. */
  factors?: readonly number[] | undefined;
  validation?: LabelledVectors;
  /**
   * Which training rows an epoch uses: epoch e takes `turns[e mod turns.length]`. For sizes that take turns (multi-size training)
   * or one augmented view per epoch. Absent: all rows, every epoch.
   */
  turns?: readonly Int32Array[];
}

/** Rows in the arena with their classes. */
export interface Rows {
  count: number;
  /** Place of each row's first float. */
  places: Int32Array;
  labels: Int32Array;
}

/**
 * Normalised vectors of one split, ready to be trained on again and again: the normalisation is fitted, and the Gram matrix
 * is computed on first need and kept. Keep the set while photos, split, pyramid and normalisation stay the same.
 */
export class TrainingSet {
  private gramPromise: Promise<Gram> | null = null;
  /** The Gram matrix when it is there already. */
  gramReady: Gram | null = null;

  private constructor(
    readonly arena: Arena,
    readonly normaliser: Normaliser,
    readonly classes: number,
    /** D. */
    readonly length: number,
    /** Floats from one row to the next. */
    readonly stride: number,
    readonly train: Rows,
    readonly validation: Rows | null,
    readonly turns: readonly Int32Array[],
    /** Means over the training rows of ‖x‖₁ and ‖x‖². */
    readonly norms: { l1: number; squared: number },
  ) {}

  /**
   * Fits the normalisation on the training vectors and applies it to all.
   * @param simd false forces the JavaScript loops
   * @throws AnysizeError `BadArgument` for no vectors, fewer than two classes, labels or lengths that do not fit, or too little
   *   memory; `Cancelled`
   */
  static async create(input: TrainingInput, simd = true, signal?: AbortSignal): Promise<TrainingSet> {
    const { vectors, classes, validation } = input;
    check(input, classes);
    if (validation) check(validation, classes);
    const normaliser = fitNormaliser(vectors, input.normalisation, input.levelLengths, input.factors);
    const length = vectors[0]!.length;
    // One more unit of padding than needed: rows that start at multiples of 4 KiB would fight for the same cache lines.
    const stride = Math.ceil(length / ROW_PADDING) * ROW_PADDING + ROW_PADDING;
    const count = vectors.length + (validation?.vectors.length ?? 0);
    const arena = await Arena.create((count + 4 * classes) * stride, simd);
    const { rows: train, norms } = await placeRows(arena, input, stride, normaliser, signal);
    const held = validation && validation.vectors.length > 0 ? validation : null;
    const validationRows = held && (await placeRows(arena, held, stride, normaliser, signal)).rows;
    const turns = input.turns ?? [Int32Array.from(vectors, (_, i) => i)];
    if (turns.length === 0 || turns.some((turn) => turn.length === 0)) {
      throw new AnysizeError('BadArgument', 'every epoch needs at least one photo to train on');
    }
    return new TrainingSet(arena, normaliser, classes, length, stride, train, validationRows, turns, norms);
  }

  /** Floats of a row with its padding, a multiple of {@link ROW_PADDING}. */
  get padded(): number {
    return this.stride - ROW_PADDING;
  }

  /** The Gram matrix, computed once. A cancelled computation is forgotten. */
  gram(onProgress?: GramProgress, signal?: AbortSignal): Promise<Gram> {
    this.gramPromise ??= computeGram(this, onProgress, signal).then(
      (gram) => (this.gramReady = gram),
      (error: unknown) => {
        this.gramPromise = null;
        throw error;
      },
    );
    return this.gramPromise;
  }

  /** Takes the Gram matrix from elsewhere: products of these very rows, normalised. */
  useGram(gram: Gram): void {
    this.gramReady = gram;
    this.gramPromise = Promise.resolve(gram);
  }

  /** W = Σ_i x_i·a_iᵀ of the training rows, [K, D], from coefficients [N, K]. */
  weightsFrom(coefficients: ArrayLike<number>): Float32Array {
    const { arena, classes, stride, length } = this;
    const place = arena.allocate(classes * stride);
    arena.sums(this.train.places, coefficients, classes, this.padded, place, stride);
    const weights = this.readWeights(place);
    arena.release(place, classes * stride);
    return weights.subarray(0, classes * length);
  }

  /** [K, D] from [K] padded rows at `place`. */
  readWeights(place: number): Float32Array {
    const { arena, classes, stride, length } = this;
    const weights = new Float32Array(classes * length);
    for (let k = 0; k < classes; k++)
      weights.set(arena.floats.subarray(place + k * stride, place + k * stride + length), k * length);
    return weights;
  }
}

function check({ vectors, labels }: LabelledVectors, classes: number): void {
  if (classes < 2) throw new AnysizeError('BadArgument', 'training needs at least two classes');
  if (labels.length !== vectors.length) {
    throw new AnysizeError(
      'BadArgument',
      `every vector needs a class: there are ${vectors.length} vectors and ${labels.length} classes`,
    );
  }
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new AnysizeError('BadArgument', `a class is a whole number from 0 to ${classes - 1}; got ${label}`);
    }
  }
}

async function placeRows(
  arena: Arena,
  { vectors, labels }: LabelledVectors,
  stride: number,
  normaliser: Normaliser,
  signal: AbortSignal | undefined,
): Promise<{ rows: Rows; norms: TrainingSet['norms'] }> {
  const count = vectors.length;
  const places = new Int32Array(count);
  let l1 = 0;
  let squared = 0;
  let sliceStart = performance.now();
  for (const [i, vector] of vectors.entries()) {
    const place = arena.allocate(stride);
    const { floats } = arena;
    places[i] = place;
    normaliseInto(floats, place, vector, normaliser);
    for (let d = place; d < place + vector.length; d++) {
      const value = floats[d]!;
      l1 += Math.abs(value);
      squared += value * value;
    }
    if (performance.now() - sliceStart > SLICE_MS) {
      await yieldNow();
      throwIfCancelled(signal);
      sliceStart = performance.now();
    }
  }
  return {
    rows: { count, places, labels: Int32Array.from(labels) },
    norms: { l1: l1 / count, squared: squared / count },
  };
}
