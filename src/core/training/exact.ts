import { AnysizeError } from '../errors.ts';
import { throwIfCancelled } from '../cancelled.ts';
import { type GramPoint, type GramProblem, minimiseOnGram } from './gramLbfgs.ts';
import { multiplyRows } from './gramSpace.ts';
import type { LinearLayer } from '../head/linearModel.ts';
import { checkObjective, crossEntropy, DEFAULT_OBJECTIVE, type ObjectiveOptions, sampleWeights } from './objective.ts';
import { createRandom } from '../random.ts';
import type { TrainingSet } from './trainingVectors.ts';

export interface ExactOptions extends Omit<ObjectiveOptions, 'weightDecay'> {
  /** λ; `cv`: chosen by 3-fold cross-validation over {@link DECAYS}. */
  weightDecay: number | 'cv';
  /** Rows that must stay in one fold (views of one photo, near-duplicates) share a number; absent: each row for itself. */
  groups?: ArrayLike<number>;
  /** Seed of the folds. */
  seed: number;
}

/** One λ's showing in cross-validation, over all training rows, each judged by the fold that has not seen it. */
export interface DecayPoint {
  weightDecay: number;
  accuracy: number;
  logLoss: number;
}

export interface ExactLayer extends LinearLayer {
  weightDecay: number;
  /** Empty unless λ was chosen by cross-validation. */
  decayCurve: DecayPoint[];
  /** Objective at the optimum, penalty included. */
  objective: number;
  iterations: number;
  converged: boolean;
  /** Logits [N_val, K]; null without validation. */
  validationLogits: Float64Array | null;
}

/** What is going on, and the share of all work that is done, 0…1. */
export type ExactProgress = (what: 'gram' | 'cross-validation' | 'solving', fraction: number) => void;

/** Weight decays that cross-validation tries, strongest first. */
export const DECAYS: readonly number[] = [1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5];
const FOLDS = 3;
/** 8,000² float32 are 256 MB. */
const MAX_ROWS = 8000;

/**
 * Solves objective.ts's problem to its optimum by L-BFGS on the Gram matrix. The normalisation stays as fitted on all
 * training rows, in the folds too.
 * @throws AnysizeError `BadArgument` for options out of range or more than 8,000 rows, `Cancelled`
 */
export async function solveExact(
  set: TrainingSet,
  options: Partial<ExactOptions> = {},
  onProgress: ExactProgress = () => {},
  signal?: AbortSignal,
): Promise<ExactLayer> {
  const full: ExactOptions = { ...DEFAULT_OBJECTIVE, weightDecay: 'cv', seed: 0, ...options };
  const { train, classes } = set;
  checkObjective({ ...full, weightDecay: full.weightDecay === 'cv' ? 0 : full.weightDecay }, classes);
  checkRows(train.count);
  const gram = await set.gram((done, total) => onProgress('gram', done / total), signal);
  throwIfCancelled(signal);
  const problem = {
    gram: gram.train,
    labels: train.labels,
    sampleWeights: sampleWeights(train.labels, classes, full.classWeights),
    classes,
    labelSmoothing: full.labelSmoothing,
  };
  const decayCurve =
    full.weightDecay === 'cv'
      ? await crossValidate(
          problem,
          foldOf(full, train.labels, FOLDS),
          (fraction) => onProgress('cross-validation', fraction),
          signal,
        )
      : [];
  const weightDecay = full.weightDecay === 'cv' ? bestDecay(decayCurve) : full.weightDecay;
  onProgress('solving', 0);
  const solution = await minimiseOnGram({ ...problem, weightDecay }, { signal });
  onProgress('solving', 1);
  const coefficients = solution.point.subarray(0, train.count * classes);
  const bias = Float32Array.from(solution.point.subarray(train.count * classes));
  return {
    weights: set.weightsFrom(coefficients),
    bias,
    weightDecay,
    decayCurve,
    objective: solution.objective,
    iterations: solution.iterations,
    converged: solution.converged,
    validationLogits: gram.validation ? logitsOf(gram.validation, solution.point, classes) : null,
  };
}

function checkRows(count: number): void {
  if (count <= MAX_ROWS) return;
  throw new AnysizeError(
    'BadArgument',
    `the exact method takes up to ${MAX_ROWS} photos (or views of photos); there are ${count}. Train by gradient descent`,
  );
}

/** The λ with the best accuracy; among equals the one with the least log loss. */
export function bestDecay(curve: readonly DecayPoint[]): number {
  const best = curve.reduce((a, b) =>
    b.accuracy > a.accuracy || (b.accuracy === a.accuracy && b.logLoss < a.logLoss) ? b : a,
  );
  return best.weightDecay;
}

/** Fold 0…folds−1 of each row: groups stay together, and every class is dealt out evenly in seeded order. */
function foldOf(
  { groups, seed }: Pick<ExactOptions, 'groups' | 'seed'>,
  labels: Int32Array,
  count: number,
): Int32Array {
  const rowsOf = new Map<number, number[]>();
  labels.forEach((_, row) => {
    const group = groups?.[row] ?? row;
    rowsOf.set(group, [...(rowsOf.get(group) ?? []), row]);
  });
  const shuffled = createRandom(seed).shuffle([...rowsOf.values()]);
  const dealt = new Map<number, number>();
  const folds = new Int32Array(labels.length);
  for (const rows of shuffled) {
    const label = labels[rows[0]!]!;
    // Classes start at different folds, so that many small classes do not all leave the last fold empty.
    const turn = dealt.get(label) ?? label % count;
    dealt.set(label, turn + 1);
    for (const row of rows) folds[row] = turn % count;
  }
  return folds;
}

/** One way of leaving photos out: rows that are judged by a layer that has not seen them. */
export interface HeldOutFold {
  /** Training rows of the set. */
  rows: number[];
  /** [rows.length, K]. */
  logits: Float64Array;
}

/**
 * Trains without each of some folds in turn and judges its rows: what the set says of photos that were not learned from. A fold without rows, and one
 * without which a class has none to learn from, is left out.
 * @param options a weight decay of `cv` is not for this
 * @throws AnysizeError as {@link solveExact}
 */
export async function heldOutFolds(
  set: TrainingSet,
  options: Omit<Partial<ExactOptions>, 'weightDecay'> & { weightDecay: number; seed: number },
  folds: number,
  onFold: () => void = () => {},
  signal?: AbortSignal,
): Promise<HeldOutFold[]> {
  const full = { ...DEFAULT_OBJECTIVE, ...options };
  const { train, classes } = set;
  checkObjective(full, classes);
  checkRows(train.count);
  const gram = await set.gram(() => {}, signal);
  const weights = sampleWeights(train.labels, classes, full.classWeights);
  const foldOfRow = foldOf(full, train.labels, folds);
  const judged: HeldOutFold[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const inside: number[] = [];
    const rows: number[] = [];
    foldOfRow.forEach((f, row) => (f === fold ? rows : inside).push(row));
    const labels = Int32Array.from(inside, (row) => train.labels[row]!);
    if (rows.length > 0 && new Set(labels).size === new Set(train.labels).size) {
      const solution = await minimiseOnGram(
        {
          gram: subMatrix(gram.train, train.count, inside, inside),
          labels,
          sampleWeights: Float64Array.from(inside, (row) => weights[row]!),
          classes,
          labelSmoothing: full.labelSmoothing,
          weightDecay: full.weightDecay,
        },
        { tolerance: 1e-4, signal },
      );
      judged.push({
        rows,
        logits: logitsOf(subMatrix(gram.train, train.count, rows, inside), solution.point, classes),
      });
    }
    onFold();
  }
  return judged;
}

type UndecayedProblem = Omit<GramProblem, 'weightDecay'>;

async function crossValidate(
  problem: UndecayedProblem,
  folds: Int32Array,
  onProgress: (fraction: number) => void,
  signal: AbortSignal | undefined,
): Promise<DecayPoint[]> {
  const { labels, classes } = problem;
  const curve = DECAYS.map((weightDecay) => ({ weightDecay, accuracy: 0, logLoss: 0 }));
  let done = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    const inside: number[] = [];
    const outside: number[] = [];
    folds.forEach((f, row) => (f === fold ? outside : inside).push(row));
    const part: UndecayedProblem = {
      ...problem,
      gram: subMatrix(problem.gram, labels.length, inside, inside),
      labels: Int32Array.from(inside, (row) => labels[row]!),
      sampleWeights: Float64Array.from(inside, (row) => problem.sampleWeights[row]!),
    };
    const across = subMatrix(problem.gram, labels.length, outside, inside);
    const heldOut = Int32Array.from(outside, (row) => labels[row]!);
    let start: GramPoint | undefined;
    for (const point of curve) {
      // Choosing λ needs no more digits than accuracy shows; each λ starts where the stronger one ended.
      const solution = await minimiseOnGram(
        { ...part, weightDecay: point.weightDecay },
        { start, tolerance: 1e-4, signal },
      );
      start = solution.point;
      const logits = logitsOf(across, solution.point, classes);
      const { loss, correct } = crossEntropy(logits, heldOut, null, classes, 0);
      point.accuracy += correct / labels.length;
      point.logLoss += loss / labels.length;
      onProgress(++done / (FOLDS * curve.length));
    }
  }
  return curve;
}

function subMatrix(
  matrix: Float32Array,
  width: number,
  rows: readonly number[],
  columns: readonly number[],
): Float32Array {
  const out = new Float32Array(rows.length * columns.length);
  let at = 0;
  for (const row of rows) for (const column of columns) out[at++] = matrix[row * width + column]!;
  return out;
}

/** Logits [M, K] of rows known by their products [M, N] with the training rows. */
function logitsOf(products: Float32Array, point: GramPoint, classes: number): Float64Array {
  const split = point.length - classes;
  const out = new Float64Array((products.length / (split / classes)) * classes);
  multiplyRows(products, null, point.subarray(0, split), classes, out);
  for (let i = 0; i < out.length; i++) out[i]! += point[split + (i % classes)]!;
  return out;
}
