import { AnysizeError } from '../errors.ts';

/** A fixed whitening of square roots of pooled values: v(x) = y + U(g ∘ Uᵀy), y = √max(x, 0) − c; z(x) = v/‖v‖. */
export interface Whitening {
  /** d. */
  length: number;
  /** k. */
  rank: number;
  /** c, [d]. */
  centre: Float32Array;
  /** U, [d, k] row-major; its columns are orthonormal, to rounding. */
  directions: Float32Array;
  /** g, [k], above −1. */
  gains: Float32Array;
}

/** The two whitenings of the recipe. */
export interface Whitenings {
  /** Of means of the last map (d = 1280), whole or of a bin. */
  map: Whitening;
  /** Of means and deviations of the middle layer (d = 1152). */
  middle: Whitening;
}

/** y = √max(x, 0) − c, in float64. */
export function rootAndCentre(x: ArrayLike<number>, { centre, length }: Whitening): Float64Array {
  if (x.length !== length) {
    throw new AnysizeError('BadArgument', `the whitening takes ${length} pooled values; got ${x.length}`);
  }
  return Float64Array.from(centre, (c, d) => Math.sqrt(Math.max(x[d]!, 0)) - c);
}

/** (I + U·diag(g)·Uᵀ) y: symmetric, so the same going forward and going back. */
export function stretch(y: Float64Array, { length, rank, directions, gains }: Whitening): Float64Array {
  const along = new Float64Array(rank);
  for (let d = 0, at = 0; d < length; d++) {
    const value = y[d]!;
    for (let k = 0; k < rank; k++, at++) along[k]! += directions[at]! * value;
  }
  for (let k = 0; k < rank; k++) along[k]! *= gains[k]!;
  return y.map((value, d) => {
    let sum = value;
    for (let k = 0, at = d * rank; k < rank; k++, at++) sum += directions[at]! * along[k]!;
    return sum;
  });
}

/** v(x), before it is brought to length 1; [d] in float64. */
export function whiten(x: ArrayLike<number>, whitening: Whitening): Float64Array {
  return stretch(rootAndCentre(x, whitening), whitening);
}

/** Least norm that is divided by. */
export const LEAST_NORM = 1e-6;

/** ‖v‖, or the least norm that is divided by. */
export function lengthOf(v: ArrayLike<number>): number {
  let squares = 0;
  for (let d = 0; d < v.length; d++) squares += v[d]! * v[d]!;
  return Math.max(Math.sqrt(squares), LEAST_NORM);
}
