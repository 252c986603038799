import type { Rows } from './rows.ts';

/** A linear classifier: score = weights · x + bias. */
export interface LinearScore {
  /** [D]. */
  weights: Float64Array;
  bias: number;
}

export interface SvmOptions {
  /** C of the objective. */
  c?: number;
  /** Most L-BFGS iterations. */
  iterations?: number;
  start?: LinearScore | undefined;
  /** Called after every iteration; may throw to stop, or wait. */
  onIteration?: (iteration: number, objective: number) => void | Promise<void>;
}

export interface SvmSolution extends LinearScore {
  objective: number;
  iterations: number;
}

const DEFAULT_C = 3000;
const DEFAULT_ITERATIONS = 40;
/** Steps remembered. */
const MEMORY = 10;
const SMALL = 1e-9;

/**
 * Minimises ½‖w‖² + C·Σ cᵢ·max(0, 1 − yᵢ·(w·xᵢ + b))² over w and b (the bias is not penalised), cᵢ = ½ over the count of yᵢ's sign, by L-BFGS
 * (Nocedal 1980). Along a direction the objective is piecewise quadratic in the margins, so the line search is exact and needs no pass over X.
 *
 * @param rows X [N, D]
 * @param positive yᵢ > 0, one per row
 */
export async function trainSvm(
  rows: Rows,
  positive: readonly boolean[],
  options: SvmOptions = {},
): Promise<SvmSolution> {
  const { c = DEFAULT_C, iterations = DEFAULT_ITERATIONS, start } = options;
  const { size } = rows;
  const hinge = new SquaredHinge(positive, c);
  const w = new Float64Array(size + 1);
  if (start) {
    w.set(start.weights);
    w[size] = start.bias;
  }
  let scores = scoresOf(rows, w);
  let objective = hinge.objective(w, scores);
  let gradient = hinge.gradient(rows, w, scores);
  const steps: Step[] = [];
  let iteration = 0;
  while (iteration < iterations && norm(gradient) > SMALL * Math.max(1, norm(w))) {
    const direction = descend(gradient, steps);
    const along = scoresOf(rows, direction);
    const t = hinge.lineSearch(w, direction, scores, along);
    if (!(t > 0)) break;
    const before = gradient;
    for (let d = 0; d < w.length; d++) {
      direction[d] = (direction[d] as number) * t;
      w[d] = (w[d] as number) + (direction[d] as number);
    }
    for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] as number) + t * (along[i] as number);
    iteration++;
    // Sums of steps drift: the scores are worked out anew now and then.
    if (iteration % 10 === 0) scores = scoresOf(rows, w);
    objective = hinge.objective(w, scores);
    gradient = hinge.gradient(rows, w, scores);
    const change = gradient.map((value, d) => value - (before[d] as number));
    const curvature = inner(direction, change);
    if (curvature > 0) steps.push({ s: direction, y: change, rho: 1 / curvature });
    if (steps.length > MEMORY) steps.shift();
    await options.onIteration?.(iteration, objective);
  }
  return { weights: w.slice(0, size), bias: w[size] ?? 0, objective, iterations: iteration };
}

/** Scores [N] of weights and bias [D + 1]. */
function scoresOf(rows: Rows, w: Float64Array): Float64Array {
  const bias = w[rows.size] ?? 0;
  const scores = rows.times(w.subarray(0, rows.size));
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] as number) + bias;
  return scores;
}

class SquaredHinge {
  private readonly signs: Int8Array;
  private readonly costs: Float64Array;

  constructor(positive: readonly boolean[], c: number) {
    const count = positive.filter(Boolean).length;
    this.signs = Int8Array.from(positive, (value) => (value ? 1 : -1));
    this.costs = Float64Array.from(positive, (value) => c / 2 / (value ? count : positive.length - count));
  }

  objective(w: Float64Array, scores: Float64Array): number {
    let sum = (inner(w, w) - (w.at(-1) as number) ** 2) / 2;
    for (let i = 0; i < scores.length; i++) {
      const short = 1 - (this.signs[i] as number) * (scores[i] as number);
      if (short > 0) sum += (this.costs[i] as number) * short * short;
    }
    return sum;
  }

  gradient(rows: Rows, w: Float64Array, scores: Float64Array): Float64Array {
    const pull = new Float64Array(scores.length);
    let bias = 0;
    for (let i = 0; i < scores.length; i++) {
      const sign = this.signs[i] as number;
      const short = 1 - sign * (scores[i] as number);
      if (short <= 0) continue;
      bias += pull[i] = -2 * (this.costs[i] as number) * sign * short;
    }
    const gradient = new Float64Array(w.length);
    gradient.set(rows.transposedTimes(pull));
    for (let d = 0; d < rows.size; d++) gradient[d] = (gradient[d] as number) + (w[d] as number);
    gradient[rows.size] = bias;
    return gradient;
  }

  /** The t ≥ 0 at which the objective along w + t·direction is least: Newton's method on a convex, piecewise quadratic function. */
  lineSearch(w: Float64Array, direction: Float64Array, scores: Float64Array, along: Float64Array): number {
    const last = w.length - 1;
    const slope0 = inner(w, direction) - (w[last] as number) * (direction[last] as number);
    const curve0 = inner(direction, direction) - (direction[last] as number) ** 2;
    let [t, low, high] = [0, 0, Infinity];
    for (let round = 0; round < 60; round++) {
      let [slope, curve] = [slope0 + t * curve0, curve0];
      for (let i = 0; i < scores.length; i++) {
        const step = along[i] as number;
        const sign = this.signs[i] as number;
        const short = 1 - sign * ((scores[i] as number) + t * step);
        if (short <= 0) continue;
        const cost = 2 * (this.costs[i] as number);
        slope -= cost * sign * short * step;
        curve += cost * step * step;
      }
      if (round === 0 && slope >= 0) return 0;
      if (slope < 0) low = t;
      else high = t;
      let next = curve > 0 ? t - slope / curve : 2 * t + 1;
      if (next <= low || next >= high) next = high === Infinity ? 2 * Math.max(t, 1e-6) : (low + high) / 2;
      if (Math.abs(next - t) <= 1e-12 * Math.max(1, t)) return next;
      t = next;
    }
    return t;
  }
}

interface Step {
  s: Float64Array;
  y: Float64Array;
  rho: number;
}

/** L-BFGS's two loops: −H·gradient. */
function descend(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const q = gradient.slice();
  const alphas: number[] = [];
  for (const { s, y, rho } of steps.toReversed()) {
    const alpha = rho * inner(s, q);
    alphas.push(alpha);
    addScaled(q, y, -alpha);
  }
  const newest = steps.at(-1);
  const scale = newest ? 1 / (newest.rho * inner(newest.y, newest.y)) : 1 / Math.max(1, norm(gradient));
  for (let d = 0; d < q.length; d++) q[d] = (q[d] as number) * scale;
  for (const { s, y, rho } of steps) addScaled(q, s, (alphas.pop() ?? 0) - rho * inner(y, q));
  return q.map((value) => -value);
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d] as number) * (b[d] as number);
  return sum;
}

const norm = (a: Float64Array) => Math.sqrt(inner(a, a));

function addScaled(a: Float64Array, b: Float64Array, factor: number): void {
  for (let d = 0; d < a.length; d++) a[d] = (a[d] as number) + factor * (b[d] as number);
}
