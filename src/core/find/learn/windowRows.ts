import { LARGEST } from './byteModules.ts';
import type { ByteStore } from './byteStore.ts';
import type { Rows } from './rows.ts';

/** The store gives values in 0…6. */
const BYTES_A_UNIT = 255 / LARGEST;

/** Joined vectors of windows: each part (one map's bins) of unit length, times the root of its share; as {@link ByteStore} has them. */
export class WindowStore {
  /** Of each part of each row: what makes its values of unit length. */
  private readonly factors: number[] = [];

  /** @param ends where each part ends in a row */
  constructor(
    readonly bytes: ByteStore,
    readonly ends: readonly number[],
  ) {}

  /** @param values pooled values of all parts as bytes, [size]; @returns the row's number */
  append(values: Uint8Array): number {
    let start = 0;
    for (const end of this.ends) {
      let sum = 0;
      for (let d = start; d < end; d++) sum += (values[d] as number) ** 2;
      this.factors.push((Math.sqrt(1 / this.ends.length) * BYTES_A_UNIT) / Math.max(1, Math.sqrt(sum)));
      start = end;
    }
    return this.bytes.append(values);
  }

  factor(row: number, part: number): number {
    return this.factors[row * this.ends.length + part] as number;
  }

  /** Mean vector of rows, and the root of their mean squared distance from it. */
  meanAndSpread(rows: Int32Array): Centre {
    const plain = new WindowRows(this, rows, { mean: new Float64Array(this.bytes.size), spread: 1 });
    const mean = plain.transposedTimes(new Float64Array(rows.length).fill(1 / Math.max(1, rows.length)));
    // All rows are of unit length.
    const square = mean.reduce((sum, value) => sum + value * value, 0);
    return { mean, spread: Math.max(1e-6, Math.sqrt(Math.max(0, 1 - square))) };
  }
}

/** What vectors are centred by and divided by. */
export interface Centre {
  /** [D]. */
  mean: Float64Array;
  spread: number;
}

/** Some rows of a {@link WindowStore}, minus the mean, over the spread. */
export class WindowRows implements Rows {
  constructor(
    private readonly store: WindowStore,
    private readonly rows: Int32Array,
    private readonly centre: Centre,
  ) {}

  get count(): number {
    return this.rows.length;
  }

  get size(): number {
    return this.store.bytes.size;
  }

  times(w: Float64Array): Float64Array {
    const { mean, spread } = this.centre;
    let offset = 0;
    for (let d = 0; d < w.length; d++) offset += (w[d] as number) * (mean[d] as number);
    const out = new Float64Array(this.rows.length).fill(-offset);
    const floats = Float32Array.from(w);
    let start = 0;
    for (const [part, end] of this.store.ends.entries()) {
      const dots = this.store.bytes.dots(this.rows, floats, start, end);
      for (let i = 0; i < out.length; i++)
        out[i] = (out[i] as number) + (dots[i] as number) * this.store.factor(this.rows[i] as number, part);
      start = end;
    }
    return out.map((value) => value / spread);
  }

  transposedTimes(a: Float64Array): Float64Array {
    const { mean, spread } = this.centre;
    const total = a.reduce((sum, value) => sum + value, 0);
    const out = mean.map((value) => -total * value);
    let start = 0;
    for (const [part, end] of this.store.ends.entries()) {
      const factors = a.map((value, i) => value * this.store.factor(this.rows[i] as number, part));
      this.store.bytes.sum(this.rows, factors, start, end, out);
      start = end;
    }
    return out.map((value) => value / spread);
  }
}
