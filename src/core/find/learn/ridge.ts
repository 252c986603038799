import type { Rows } from './rows.ts';

/** Linear regression of several targets: target = weights · x + mean. */
export interface RidgeSolution {
  /** One [D] per target. */
  weights: Float64Array[];
  /** Of the targets, one each. */
  mean: number[];
}

export interface RidgeOptions {
  /** The residual is to become this small, in shares of where it began. */
  tolerance?: number;
  /** Called after every step; may throw to stop, or wait. */
  onStep?: () => void | Promise<void>;
}

/**
 * Ridge regression: targets centred by their mean, no intercept on x, Σᵢ (w·xᵢ − tᵢ)² + λ‖w‖² least. Solved as
 * (XᵀX + λI)w = Xᵀt by conjugate gradients, which needs products with X only.
 *
 * @param targets [N] per target
 */
export async function ridge(
  rows: Rows,
  targets: readonly Float64Array[],
  lambda: number,
  options: RidgeOptions = {},
): Promise<RidgeSolution> {
  const mean = targets.map((values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length));
  const weights: Float64Array[] = [];
  for (const [k, values] of targets.entries()) {
    const right = rows.transposedTimes(values.map((value) => value - (mean[k] ?? 0)));
    const apply = (w: Float64Array) =>
      rows.transposedTimes(rows.times(w)).map((value, d) => value + lambda * (w[d] as number));
    weights.push(await conjugateGradients(apply, right, options));
  }
  return { weights, mean };
}

/** Solves A·x = b for a symmetric positive definite A (Hestenes and Stiefel 1952), to a residual of `tolerance` of b. */
async function conjugateGradients(
  apply: (x: Float64Array) => Float64Array,
  b: Float64Array,
  { tolerance = 1e-9, onStep }: RidgeOptions,
): Promise<Float64Array> {
  const x = new Float64Array(b.length);
  const residual = b.slice();
  const direction = b.slice();
  let size = square(residual);
  const enough = tolerance ** 2 * size;
  for (let step = 0; step < 2 * b.length + 100 && size > enough; step++) {
    const image = apply(direction);
    let curvature = 0;
    for (let d = 0; d < b.length; d++) curvature += (direction[d] as number) * (image[d] as number);
    const t = size / curvature;
    for (let d = 0; d < b.length; d++) {
      x[d] = (x[d] as number) + t * (direction[d] as number);
      residual[d] = (residual[d] as number) - t * (image[d] as number);
    }
    const before = size;
    size = square(residual);
    for (let d = 0; d < b.length; d++)
      direction[d] = (residual[d] as number) + (size / before) * (direction[d] as number);
    await onStep?.();
  }
  return x;
}

const square = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);
