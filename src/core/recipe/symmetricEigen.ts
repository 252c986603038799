import { AnysizeError } from '../errors.ts';
import { Slices } from '../yieldNow.ts';

/** S = Σ_j values[j]·u_j·u_jᵀ. */
export interface SymmetricEigen {
  /** [N], in no order. */
  values: Float64Array;
  /** [N, N] row-major: row j is u_j. */
  vectors: Float64Array;
}

/** Sweeps of QL for one eigenvalue; two are usual. */
const MOST_SWEEPS = 60;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix in float64: Householder tridiagonalisation, then implicit QL (Golub & Van Loan, §8.3), with
 * every long inner loop along rows.
 * @param matrix [N, N] row-major; its lower triangle is read. Left as it is
 * @throws AnysizeError `Cancelled`; `BadArgument` for numbers that are none
 */
export async function symmetricEigen(
  matrix: ArrayLike<number>,
  n: number,
  signal?: AbortSignal,
): Promise<SymmetricEigen> {
  const slices = new Slices(signal);
  const a = Float64Array.from(matrix);
  const off = new Float64Array(n);
  const scales = new Float64Array(n);
  for (let k = 0; k < n - 1; k++) {
    if (slices.over) await slices.next();
    [off[k], scales[k]] = reflect(a, n, k);
  }
  const values = Float64Array.from({ length: n }, (_, k) => a[k * n + k]!);
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  for (let k = n - 2; k >= 0; k--) {
    if (slices.over) await slices.next();
    applyReflection(vectors, a.subarray(k * n, (k + 1) * n), scales[k]!, n, k + 1);
  }
  for (let first = 0; first < n; first++) {
    for (let sweep = 0; ; sweep++) {
      if (slices.over) await slices.next();
      let last = first;
      while (last < n - 1) {
        const size = Math.abs(values[last]!) + Math.abs(values[last + 1]!);
        if (Math.abs(off[last]!) <= Number.EPSILON * size) break;
        last++;
      }
      if (last === first) break;
      if (sweep === MOST_SWEEPS)
        throw new AnysizeError('BadArgument', 'the vectors of the photos hold numbers that are none');
      sweepQl(values, off, vectors, n, first, last);
    }
  }
  return { values, vectors };
}

/**
 * Step k of the tridiagonalisation: with H = I − scale·v·vᵀ the column k below the diagonal becomes (off, 0, …, 0)ᵀ. v takes the place of row k
 * right of the diagonal; only the lower triangle of what is left is updated: A − v·wᵀ − w·vᵀ.
 */
function reflect(a: Float64Array, n: number, k: number): [off: number, scale: number] {
  const v = a.subarray(k * n, (k + 1) * n);
  let tail = 0;
  for (let i = k + 1; i < n; i++) {
    v[i] = a[i * n + k]!;
    if (i > k + 1) tail += v[i]! * v[i]!;
  }
  const head = v[k + 1]!;
  if (tail === 0) return [head, 0];
  const off = head > 0 ? -Math.hypot(head, Math.sqrt(tail)) : Math.hypot(head, Math.sqrt(tail));
  v[k + 1] = head - off;
  const scale = 2 / (tail + v[k + 1]! * v[k + 1]!);
  const w = new Float64Array(n);
  for (let i = k + 1; i < n; i++) {
    const row = a.subarray(i * n, i * n + i + 1);
    const vi = v[i]!;
    let sum = row[i]! * vi;
    for (let j = k + 1; j < i; j++) {
      sum += row[j]! * v[j]!;
      w[j]! += row[j]! * vi;
    }
    w[i]! += sum;
  }
  let along = 0;
  for (let i = k + 1; i < n; i++) along += (w[i]! *= scale) * v[i]!;
  for (let i = k + 1; i < n; i++) w[i]! -= (scale / 2) * along * v[i]!;
  for (let i = k + 1; i < n; i++) {
    const row = a.subarray(i * n, i * n + i + 1);
    const [vi, wi] = [v[i]!, w[i]!];
    for (let j = k + 1; j <= i; j++) row[j]! -= vi * w[j]! + wi * v[j]!;
  }
  return [off, scale];
}

/** rows ← rows·(I − scale·v·vᵀ), over rows and columns from `from` on: the earlier ones are still those of the identity. */
function applyReflection(rows: Float64Array, v: Float64Array, scale: number, n: number, from: number): void {
  for (let r = from; r < n; r++) {
    const row = rows.subarray(r * n, (r + 1) * n);
    let sum = 0;
    for (let i = from; i < n; i++) sum += row[i]! * v[i]!;
    sum *= scale;
    for (let i = from; i < n; i++) row[i]! -= sum * v[i]!;
  }
}

/** One implicit QL sweep over the unreduced block first…last of a tridiagonal matrix, whose rotations turn the rows of `vectors` too. */
function sweepQl(
  values: Float64Array,
  off: Float64Array,
  vectors: Float64Array,
  n: number,
  first: number,
  last: number,
): void {
  const gap = (values[first + 1]! - values[first]!) / (2 * off[first]!);
  const root = Math.hypot(gap, 1);
  let g = values[last]! - values[first]! + off[first]! / (gap + (gap < 0 ? -root : root));
  let [s, c, p] = [1, 1, 0];
  for (let i = last - 1; i >= first; i--) {
    const [f, b] = [s * off[i]!, c * off[i]!];
    const r = Math.hypot(f, g);
    off[i + 1] = r;
    if (r === 0) {
      values[i + 1]! -= p;
      off[last] = 0;
      return;
    }
    [s, c] = [f / r, g / r];
    const shifted = values[i + 1]! - p;
    const t = (values[i]! - shifted) * s + 2 * c * b;
    p = s * t;
    values[i + 1] = shifted + p;
    g = c * t - b;
    const lower = vectors.subarray(i * n, (i + 1) * n);
    const upper = vectors.subarray((i + 1) * n, (i + 2) * n);
    for (let j = 0; j < n; j++) {
      const [x, y] = [lower[j]!, upper[j]!];
      upper[j] = s * x + c * y;
      lower[j] = c * x - s * y;
    }
  }
  values[first]! -= p;
  off[first] = g;
  off[last] = 0;
}
