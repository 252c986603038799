import { AnysizeError } from '../errors.ts';
import { symmetricEigen } from './symmetricEigen.ts';

/** One λ's showing when every photo is judged by the ridge that was trained on all others. */
export interface LeaveOneOutPoint {
  lambda: number;
  /** Mean over the photos of the squared residual, summed over the classes. */
  error: number;
  /** Share of photos whose largest answer is their class; answers as of classes of equal size (the mean target is not added). */
  accuracy: number;
}

/** 10⁻⁴ to 1 by half decades. */
export const RIDGE_LAMBDAS: readonly number[] = Array.from({ length: 9 }, (_, i) => 10 ** (-4 + i / 2));

/**
 * Exact leave-one-out error of kernel ridge with a free bias, for each λ, from one eigendecomposition: K is centred and scaled to mean diagonal 1,
 * K = U·w·Uᵀ; targets Y are one-hot minus their mean. The hat matrix is H = U·(w/(w + Nλ))·Uᵀ + 1/N, and photo i's residual, had it been left
 * out, (Y − HY)_i / (1 − H_ii) (Allen 1974). Views of one photo would vouch for each other: give one row per photo.
 * @param kernel [N, N], inner products of the photos' vectors; left as it is
 * @param labels [N], 0…K−1
 * @throws AnysizeError `BadArgument` for fewer than two photos or a kernel of another size, `Cancelled`
 */
export async function leaveOneOut(
  kernel: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
  lambdas: readonly number[] = RIDGE_LAMBDAS,
  signal?: AbortSignal,
): Promise<LeaveOneOutPoint[]> {
  const n = labels.length;
  if (n < 2 || kernel.length !== n * n) {
    throw new AnysizeError('BadArgument', `leaving one out needs two photos or more and their ${n} × ${n} products`);
  }
  const { values, vectors } = await symmetricEigen(centredKernel(kernel, n), n, signal);
  const targets = centredTargets(labels, classes);
  // Uᵀ·Y, [N, K].
  const projected = new Float64Array(n * classes);
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < n; i++) {
      const u = vectors[j * n + i]!;
      for (let k = 0; k < classes; k++) projected[j * classes + k]! += u * targets[i * classes + k]!;
    }
  }
  return lambdas.map((lambda) => {
    const hat = new Float64Array(n).fill(1 / n);
    const fitted = new Float64Array(n * classes);
    for (let j = 0; j < n; j++) {
      const eigenvalue = Math.max(0, values[j]!);
      const kept = eigenvalue / (eigenvalue + n * lambda);
      for (let i = 0; i < n; i++) {
        const u = vectors[j * n + i]!;
        hat[i]! += kept * u * u;
        for (let k = 0; k < classes; k++) fitted[i * classes + k]! += kept * u * projected[j * classes + k]!;
      }
    }
    let [error, right] = [0, 0];
    for (let i = 0; i < n; i++) {
      let [best, top] = [0, -Infinity];
      for (let k = 0; k < classes; k++) {
        const target = targets[i * classes + k]!;
        const residual = (target - fitted[i * classes + k]!) / Math.max(1 - hat[i]!, 1e-12);
        error += residual * residual;
        const answer = target - residual;
        if (answer > top) [top, best] = [answer, k];
      }
      if (best === labels[i]) right++;
    }
    return { lambda, error: error / n, accuracy: right / n };
  });
}

/** The λ with the least error. */
export function bestLeaveOneOut(curve: readonly LeaveOneOutPoint[]): LeaveOneOutPoint {
  return curve.reduce((a, b) => (b.error < a.error ? b : a));
}

/** (I − 1/N)·K·(I − 1/N) over its mean diagonal. */
export function centredKernel(kernel: ArrayLike<number>, n: number): Float64Array {
  const means = Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += kernel[i * n + j]!;
    return sum / n;
  });
  const mean = means.reduce((sum, value) => sum + value, 0) / n;
  const out = Float64Array.from(kernel, (value, at) => value - means[Math.floor(at / n)]! - means[at % n]! + mean);
  let trace = 0;
  for (let i = 0; i < n; i++) trace += out[i * n + i]!;
  // Photos that are all alike leave nothing to scale.
  const scale = trace > 1e-12 ? n / trace : 0;
  return out.map((value) => value * scale);
}

/** One-hot targets minus their mean, [N, K]. */
function centredTargets(labels: ArrayLike<number>, classes: number): Float64Array {
  const means = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) means[labels[i]!]! += 1 / labels.length;
  return Float64Array.from(
    { length: labels.length * classes },
    (_, at) => Number(labels[Math.floor(at / classes)] === at % classes) - means[at % classes]!,
  );
}
