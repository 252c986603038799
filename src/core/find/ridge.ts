import type { Rows } from './rows.ts';

/** Linear regression of several targets: target = weights · x + mean. */
export interface RidgeSolution {
  /** One [D] per target. */
  weights: Float64Array[];
  /** Of the targets, one each. */
  mean: number[];
}

/**
 * Ridge regression: targets centred by their mean, no intercept on x, Σᵢ (w·xᵢ − tᵢ)² + λ‖w‖² least. Solved as
 * (XᵀX + λI)w = Xᵀt by conjugate gradients, which needs products with X only.
 *
 * @param targets [N] per target
 */
export function ridge(rows: Rows, targets: readonly Float64Array[], lambda: number): RidgeSolution {
  const mean = targets.map((values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length));
  const weights = targets.map((values, k) => {
    const right = rows.transposedTimes(values.map((value) => value - (mean[k] ?? 0)));
    return conjugateGradients((w) => {
      const product = rows.transposedTimes(rows.times(w));
      return product.map((value, d) => value + lambda * (w[d] as number));
    }, right);
  });
  return { weights, mean };
}

/** Solves A·x = b for a symmetric positive definite A (Hestenes and Stiefel 1952), to a residual of 10⁻⁹ of b. */
function conjugateGradients(apply: (x: Float64Array) => Float64Array, b: Float64Array): Float64Array {
  const x = new Float64Array(b.length);
  const residual = b.slice();
  const direction = b.slice();
  let size = square(residual);
  const enough = 1e-18 * size;
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
  }
  return x;
}

const square = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);
