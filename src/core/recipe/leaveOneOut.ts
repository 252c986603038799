import { AnysizeError } from '../errors.ts';
import { Slices } from '../yieldNow.ts';
import { Tridiagonal } from './tridiagonal.ts';

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
 * Exact leave-one-out error of kernel ridge with a free bias, for each λ: K is centred and scaled to mean diagonal 1, targets Y are one-hot minus
 * their mean. With the hat matrix H = K·(K + Nλ)⁻¹ + 1/N photo i's residual, had it been left out, is (Y − HY)_i / (1 − H_ii) (Allen 1974), where
 * Y − HY = Nλ·(K + Nλ)⁻¹·Y and 1 − H_ii = Nλ·(K + Nλ)⁻¹_ii − 1/N. Views of one photo would vouch for each other: give one row per photo.
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
  const tridiagonal = await Tridiagonal.of(centredKernel(kernel, n), n, signal);
  const slices = new Slices(signal);
  const targets = centredTargets(labels, classes);
  const turned = tridiagonal.turn(targets, classes);
  const curve: LeaveOneOutPoint[] = [];
  for (const lambda of lambdas) {
    if (slices.over) await slices.next();
    const shift = n * lambda;
    const solved = tridiagonal.solve(turned, classes, shift);
    const inverse = tridiagonal.inverseDiagonal(shift);
    let [error, right] = [0, 0];
    for (let i = 0; i < n; i++) {
      const left = Math.max(shift * inverse[i]! - 1 / n, 1e-12);
      let [best, top] = [0, -Infinity];
      for (let k = 0; k < classes; k++) {
        const residual = (shift * solved[i * classes + k]!) / left;
        error += residual * residual;
        const answer = targets[i * classes + k]! - residual;
        if (answer > top) [top, best] = [answer, k];
      }
      if (best === labels[i]) right++;
    }
    curve.push({ lambda, error: error / n, accuracy: right / n });
  }
  return curve;
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
export function centredTargets(labels: ArrayLike<number>, classes: number): Float64Array {
  const means = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) means[labels[i]!]! += 1 / labels.length;
  return Float64Array.from(
    { length: labels.length * classes },
    (_, at) => Number(labels[Math.floor(at / classes)] === at % classes) - means[at % classes]!,
  );
}
