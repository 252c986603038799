/** Vectors as the rows of a matrix that need not be in one piece: what the solvers ask of it. */
export interface Rows {
  /** N. */
  count: number;
  /** D. */
  size: number;
  /** X·w [N]. */
  times(w: Float64Array): Float64Array;
  /** Xᵀ·a [D]; rows whose factor is 0 cost nothing. */
  transposedTimes(a: Float64Array): Float64Array;
}

/** Rows that are arrays of their own. */
export class ArrayRows implements Rows {
  constructor(
    readonly rows: readonly Float32Array[],
    readonly size: number,
  ) {}

  get count(): number {
    return this.rows.length;
  }

  times(w: Float64Array): Float64Array {
    return Float64Array.from(this.rows, (row) => dot(row, w));
  }

  transposedTimes(a: Float64Array): Float64Array {
    const sum = new Float64Array(this.size);
    this.rows.forEach((row, index) => {
      const factor = a[index] ?? 0;
      if (factor !== 0) for (let d = 0; d < row.length; d++) sum[d] = (sum[d] as number) + factor * (row[d] as number);
    });
    return sum;
  }
}

/** Four sums at a time, so that additions do not wait for each other. */
function dot(row: Float32Array, w: Float64Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < row.length; i += 4) {
    a += (row[i] as number) * (w[i] as number);
    b += (row[i + 1] as number) * (w[i + 1] as number);
    c += (row[i + 2] as number) * (w[i + 2] as number);
    d += (row[i + 3] as number) * (w[i + 3] as number);
  }
  for (; i < row.length; i++) a += (row[i] as number) * (w[i] as number);
  return a + b + c + d;
}
