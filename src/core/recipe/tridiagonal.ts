import { AnysizeError } from '../errors.ts';
import { Slices } from '../yieldNow.ts';

/**
 * A symmetric matrix S = Vᵀ·T·V with T tridiagonal and V orthogonal, in float64 by Householder's reflections (Golub & Van Loan, §8.3.1), with every
 * long inner loop along rows. With it (S + c·I)⁻¹ costs N² steps for each c, without the eigenvectors, which would take several times as long.
 */
export class Tridiagonal {
  private constructor(
    readonly n: number,
    private readonly diagonal: Float64Array,
    /** Beside the diagonal, [N − 1] and one that is not used. */
    private readonly off: Float64Array,
    /** V, [N, N] row-major. */
    private readonly rows: Float64Array,
  ) {}

  /**
   * @param matrix [N, N] row-major; its lower triangle is read. Left as it is
   * @throws AnysizeError `Cancelled`; `BadArgument` for numbers that are none
   */
  static async of(matrix: ArrayLike<number>, n: number, signal?: AbortSignal): Promise<Tridiagonal> {
    const slices = new Slices(signal);
    const a = Float64Array.from(matrix);
    const off = new Float64Array(n);
    const scales = new Float64Array(n);
    for (let k = 0; k < n - 1; k++) {
      if (slices.over) await slices.next();
      [off[k], scales[k]] = reflect(a, n, k);
    }
    const diagonal = Float64Array.from({ length: n }, (_, k) => a[k * n + k]!);
    if (![...diagonal, ...off].every(Number.isFinite)) {
      throw new AnysizeError('BadArgument', 'the vectors of the photos hold numbers that are none');
    }
    const rows = new Float64Array(n * n);
    for (let i = 0; i < n; i++) rows[i * n + i] = 1;
    for (let k = n - 2; k >= 0; k--) {
      if (slices.over) await slices.next();
      applyReflection(rows, a.subarray(k * n, (k + 1) * n), scales[k]!, n, k + 1);
    }
    return new Tridiagonal(n, diagonal, off, rows);
  }

  /** V·X. @param x [N, K] */
  turn(x: Float64Array, columns: number): Float64Array {
    const { n, rows } = this;
    const out = new Float64Array(n * columns);
    for (let j = 0; j < n; j++) {
      for (let i = 0; i < n; i++) {
        const v = rows[j * n + i]!;
        for (let k = 0; k < columns; k++) out[j * columns + k]! += v * x[i * columns + k]!;
      }
    }
    return out;
  }

  /**
   * (S + shift·I)⁻¹·X.
   * @param turned V·X of {@link turn}, [N, K]; left as it is
   * @param shift makes S + shift·I positive definite
   */
  solve(turned: Float64Array, columns: number, shift: number): Float64Array {
    const { n, rows } = this;
    const { ratios, pivots } = this.factor(shift);
    const y = turned.slice();
    for (let j = 1; j < n; j++) {
      for (let k = 0; k < columns; k++) y[j * columns + k]! -= ratios[j - 1]! * y[(j - 1) * columns + k]!;
    }
    for (let j = n - 1; j >= 0; j--) {
      for (let k = 0; k < columns; k++) {
        const after = j === n - 1 ? 0 : ratios[j]! * y[(j + 1) * columns + k]!;
        y[j * columns + k] = y[j * columns + k]! / pivots[j]! - after;
      }
    }
    const out = new Float64Array(n * columns);
    for (let j = 0; j < n; j++) {
      for (let i = 0; i < n; i++) {
        const v = rows[j * n + i]!;
        for (let k = 0; k < columns; k++) out[i * columns + k]! += v * y[j * columns + k]!;
      }
    }
    return out;
  }

  /** The diagonal of (S + shift·I)⁻¹, [N]: with L·D·Lᵀ = T + shift·I it is Σ_j (L⁻¹·V)_ji²/D_j. */
  inverseDiagonal(shift: number): Float64Array {
    const { n, rows } = this;
    const { ratios, pivots } = this.factor(shift);
    const out = new Float64Array(n);
    const y = new Float64Array(n);
    for (let j = 0; j < n; j++) {
      const ratio = j === 0 ? 0 : ratios[j - 1]!;
      const share = 1 / pivots[j]!;
      for (let i = 0, at = j * n; i < n; i++, at++) {
        const value = rows[at]! - ratio * y[i]!;
        y[i] = value;
        out[i]! += value * value * share;
      }
    }
    return out;
  }

  /** T + shift·I = L·D·Lᵀ: L's numbers below the diagonal and D. */
  private factor(shift: number): { ratios: Float64Array; pivots: Float64Array } {
    const { n, diagonal, off } = this;
    const ratios = new Float64Array(n);
    const pivots = new Float64Array(n);
    for (let j = 0; j < n; j++) {
      const before = j === 0 ? 0 : ratios[j - 1]! * off[j - 1]!;
      // Rounding may leave nothing of what is as good as singular.
      pivots[j] = Math.max(diagonal[j]! + shift - before, Number.EPSILON * shift);
      ratios[j] = off[j]! / pivots[j]!;
    }
    return { ratios, pivots };
  }
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
