import { throwIfCancelled } from '../cancelled.ts';
import { multiplyRows } from './gramSpace.ts';
import { crossEntropy } from './objective.ts';
import { SLICE_MS, yieldNow } from '../yieldNow.ts';

/** objective.ts's problem, with the photos known by their inner products alone. */
export interface GramProblem {
  /** [N, N]. */
  gram: Float32Array;
  labels: Int32Array;
  /** c_i [N], mean 1. */
  sampleWeights: Float64Array;
  classes: number;
  weightDecay: number;
  labelSmoothing: number;
}

/** Coefficients A [N, K] (W = Σ_i x_i·a_iᵀ) followed by the bias [K]. */
export type GramPoint = Float64Array;

export interface GramSolution {
  point: GramPoint;
  /** Value of the objective, penalty included. */
  objective: number;
  iterations: number;
  /** False when `maxIterations` came first. */
  converged: boolean;
}

export interface LbfgsOptions {
  /** Where to begin; zero when absent. */
  start?: GramPoint;
  /** Done when ‖gradient‖ ≤ tolerance·max(1, ‖W‖). */
  tolerance?: number;
  maxIterations?: number;
  onIteration?: (iteration: number) => void;
  signal?: AbortSignal;
}

/** Steps remembered. */
const MEMORY = 12;

/** A vector of coefficients and bias, and its product with the Gram matrix (the bias as it is). */
interface Pair {
  v: Float64Array;
  k: Float64Array;
}

/** ⟨x, y⟩ = tr(AᵀKB) + bias·bias: the plain inner product of the weights and biases that x and y stand for. */
function inner(x: Pair, y: Pair): number {
  let sum = 0;
  for (let i = 0; i < x.v.length; i++) sum += x.v[i]! * y.k[i]!;
  return sum;
}

/** y += factor·x. */
function addScaled(y: Pair, x: Pair, factor: number): void {
  for (let i = 0; i < y.v.length; i++) {
    y.v[i]! += factor * x.v[i]!;
    y.k[i]! += factor * x.k[i]!;
  }
}

const copy = ({ v, k }: Pair): Pair => ({ v: v.slice(), k: k.slice() });

/**
 * Minimises the objective by L-BFGS (Nocedal 1980) without leaving the span of the photos. L-BFGS needs inner products and
 * sums of its vectors only, and with ⟨A, B⟩ = tr(AᵀKB) they are those of the weights: the iterates are L-BFGS's on W (or on Z =
 * U√S of ARCHITECTURE.md, a rotation of it), and no eigenvectors are needed. Every vector is kept with its product with K, so an iteration
 * costs one N²·K product, and the line search, along which logits are linear, none.
 */
export async function minimiseOnGram(problem: GramProblem, options: LbfgsOptions = {}): Promise<GramSolution> {
  const { gram, labels, classes } = problem;
  const { tolerance = 1e-6, maxIterations = 1000, signal } = options;
  const size = (labels.length + 1) * classes;
  const split = labels.length * classes;
  const times = (v: Float64Array): Pair => {
    const k = v.slice();
    multiplyRows(gram, null, v.subarray(0, split), classes, k.subarray(0, split));
    return { v, k };
  };
  const at = times(options.start?.slice() ?? new Float64Array(size));
  let { objective, gradient: slope } = evaluate(problem, at);
  let gradient = times(slope);
  const steps: { s: Pair; y: Pair; rho: number }[] = [];
  let sliceStart = performance.now();
  let iteration = 0;
  for (; iteration < maxIterations; iteration++) {
    if (performance.now() - sliceStart > SLICE_MS) {
      options.onIteration?.(iteration);
      await yieldNow();
      throwIfCancelled(signal);
      sliceStart = performance.now();
    }
    const norm = Math.sqrt(Math.max(0, inner(gradient, gradient)));
    if (norm <= tolerance * Math.max(1, Math.sqrt(Math.max(0, inner(at, at))))) {
      return { point: at.v, objective, iterations: iteration, converged: true };
    }
    const direction = twoLoop(gradient, steps, norm);
    const t = lineSearch(problem, at, direction, objective, inner(gradient, direction));
    // No step goes down any more: rounding is all that is left.
    if (t === 0) return { point: at.v, objective, iterations: iteration, converged: true };
    for (const values of [direction.v, direction.k]) for (let i = 0; i < size; i++) values[i]! *= t;
    addScaled(at, direction, 1);
    ({ objective, gradient: slope } = evaluate(problem, at));
    const next = times(slope);
    const y = copy(next);
    addScaled(y, gradient, -1);
    const curvature = inner(direction, y);
    if (curvature > 0) steps.push({ s: direction, y, rho: 1 / curvature });
    if (steps.length > MEMORY) steps.shift();
    gradient = next;
  }
  return { point: at.v, objective, iterations: iteration, converged: false };
}

/** −H·gradient by the two-loop recursion; along the gradient, with length 1, while nothing is remembered. */
function twoLoop(gradient: Pair, steps: { s: Pair; y: Pair; rho: number }[], norm: number): Pair {
  const q = copy(gradient);
  const alphas: number[] = [];
  for (const { s, y, rho } of steps.toReversed()) {
    const alpha = rho * inner(s, q);
    alphas.push(alpha);
    addScaled(q, y, -alpha);
  }
  const last = steps.at(-1);
  const scale = last ? 1 / (last.rho * inner(last.y, last.y)) : 1 / norm;
  for (const values of [q.v, q.k]) for (let i = 0; i < values.length; i++) values[i]! *= scale;
  for (const { s, y, rho } of steps) addScaled(q, s, alphas.pop()! - rho * inner(y, q));
  for (const values of [q.v, q.k]) for (let i = 0; i < values.length; i++) values[i] = -values[i]!;
  return q;
}

/** Logits [N, K] at a point. */
function logitsAt({ k }: Pair, classes: number): Float64Array {
  const count = k.length - classes;
  return Float64Array.from({ length: count }, (_, i) => k[i]! + k[count + (i % classes)]!);
}

/** Σ over the weights, without the bias, of the products of two points: tr(AᵀKB). */
function weightProduct(x: Pair, y: Pair, classes: number): number {
  let sum = 0;
  for (let i = 0; i < x.v.length - classes; i++) sum += x.v[i]! * y.k[i]!;
  return sum;
}

function evaluate(problem: GramProblem, at: Pair): { objective: number; gradient: Float64Array } {
  const { labels, classes, sampleWeights, labelSmoothing, weightDecay } = problem;
  const count = labels.length;
  const logits = logitsAt(at, classes);
  const { loss } = crossEntropy(logits, labels, sampleWeights, classes, labelSmoothing);
  const gradient = new Float64Array((count + 1) * classes);
  for (let i = 0; i < logits.length; i++) {
    const g = logits[i]! / count;
    gradient[i] = g + weightDecay * at.v[i]!;
    gradient[count * classes + (i % classes)]! += g;
  }
  return { objective: loss / count + (weightDecay / 2) * weightProduct(at, at, classes), gradient };
}

/**
 * A step t along `direction` that meets the strong Wolfe conditions (c₁ = 1e-4, c₂ = 0.5), by bracketing and the secant rule on the
 * slope, which only rises along a line because the objective is convex. 0 when there is none to be found.
 * @param slope derivative at t = 0, negative
 */
function lineSearch(problem: GramProblem, at: Pair, direction: Pair, objective: number, slope: number): number {
  const { labels, classes, sampleWeights, labelSmoothing, weightDecay } = problem;
  if (!(slope < 0)) return 0;
  const logits = logitsAt(at, classes);
  const along = logitsAt(direction, classes);
  const [aa, ad, dd] = [
    weightProduct(at, at, classes),
    weightProduct(at, direction, classes),
    weightProduct(direction, direction, classes),
  ];
  let low = { t: 0, slope };
  let high: { t: number; slope: number } | null = null;
  let t = 1;
  for (let trial = 0; trial < 40; trial++) {
    const values = logits.map((logit, i) => logit + t * along[i]!);
    const { loss } = crossEntropy(values, labels, sampleWeights, classes, labelSmoothing);
    let rise = 0;
    for (let i = 0; i < values.length; i++) rise += values[i]! * along[i]!;
    const slopeHere = rise / labels.length + weightDecay * (ad + t * dd);
    const here = loss / labels.length + (weightDecay / 2) * (aa + 2 * t * ad + t * t * dd);
    const enough = here <= objective + 1e-4 * t * slope + 1e-15 * Math.abs(objective);
    if (enough && Math.abs(slopeHere) <= 0.5 * -slope) return t;
    if (enough && slopeHere < 0) low = { t, slope: slopeHere };
    else high = { t, slope: slopeHere };
    if (!high) t *= 2;
    else {
      const secant = low.t + ((high.t - low.t) * -low.slope) / (high.slope - low.slope);
      const margin = 0.1 * (high.t - low.t);
      t =
        high.slope > 0 && Number.isFinite(secant)
          ? Math.min(high.t - margin, Math.max(low.t + margin, secant))
          : (low.t + high.t) / 2;
    }
  }
  return low.t;
}
