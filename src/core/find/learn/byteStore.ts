import { AnysizeError } from '../../errors.ts';
import { BYTE_ROWS } from './byteKernels.ts';
import type { ByteKernels } from './byteKernelTypes.ts';
import { byteKernels, LARGEST } from './byteModules.ts';

const PAGE = 65_536;
const GRANULE = 16;

/**
 * Pooled values of many windows, a byte each, row by row in one block of memory, and the two products that training needs: a tenth of a
 * second's work for 7,000 windows of 18,560 values where float32 takes half a gigabyte and four times as long. A byte is a step of 6/255 in what
 * ReLU6 let through. In WebAssembly SIMD where there is any, plain JavaScript otherwise.
 */
export class ByteStore {
  private readonly stride: number;
  private readonly weights: number;
  private readonly sums: number;
  private readonly scratch: number;
  private readonly first: number;
  private rows = 0;
  private bytes: Uint8Array;

  private constructor(
    /** Values of a row. */
    readonly size: number,
    private readonly memory: WebAssembly.Memory,
    private readonly kernels: ByteKernels,
  ) {
    this.stride = Math.ceil(size / GRANULE) * GRANULE;
    this.weights = 64;
    this.sums = this.weights + 4 * this.stride;
    this.scratch = this.sums + 4 * this.stride;
    this.first = this.scratch + 64;
    this.bytes = new Uint8Array(memory.buffer);
    this.reserve(0);
  }

  /** @param simd false forces the JavaScript loops */
  static async create(size: number, simd = true): Promise<ByteStore> {
    const { memory, kernels } = await byteKernels(simd);
    return new ByteStore(size, memory, kernels);
  }

  get count(): number {
    return this.rows;
  }

  /**
   * Keeps a row of bytes.
   * @returns its number
   * @throws AnysizeError `OutOfMemory`
   */
  append(values: Uint8Array): number {
    this.reserve(this.rows + 1);
    this.bytes.set(values, this.first + this.rows * this.stride);
    return this.rows++;
  }

  /** out[i] = values of row `rows[i]` from `start` to `end` times `w` there; `start` and `end` are multiples of 16 or the end. */
  dots(rows: Int32Array, w: Float32Array, start: number, end: number): Float64Array {
    const out = new Float64Array(rows.length);
    const { kernels, memory } = this;
    const place = (i: number) => this.first + (rows[Math.min(i, rows.length - 1)] ?? 0) * this.stride + start;
    const count = this.padded(start, end);
    const weights = new Float32Array(memory.buffer, this.weights, count);
    weights.fill(0);
    weights.set(w.subarray(start, end));
    const scratch = new Float32Array(memory.buffer, this.scratch, BYTE_ROWS);
    for (let i = 0; i < rows.length; i += BYTE_ROWS) {
      kernels.dots(place(i), place(i + 1), place(i + 2), place(i + 3), this.weights, count, this.scratch);
      for (let r = 0; r < BYTE_ROWS && i + r < rows.length; r++) out[i + r] = (scratch[r] as number) * (LARGEST / 255);
    }
    return out;
  }

  /** Adds Σ_i factors[i]·(row `rows[i]`) from `start` to `end` to `into` there; rows whose factor is 0 cost nothing. */
  sum(rows: Int32Array, factors: Float64Array, start: number, end: number, into: Float64Array): void {
    const used = [...factors.keys()].filter((i) => factors[i] !== 0);
    const { kernels, memory } = this;
    const place = (i: number) =>
      this.first + (rows[used[Math.min(i, used.length - 1)] ?? 0] ?? 0) * this.stride + start;
    const factor = (i: number) => ((factors[used[i] ?? -1] ?? 0) * LARGEST) / 255;
    if (used.length === 0) return;
    const count = this.padded(start, end);
    const sums = new Float32Array(memory.buffer, this.sums, count);
    sums.fill(0);
    for (let i = 0; i < used.length; i += BYTE_ROWS) {
      const [a, b, c, d] = [place(i), place(i + 1), place(i + 2), place(i + 3)];
      kernels.add(a, b, c, d, factor(i), factor(i + 1), factor(i + 2), factor(i + 3), count, this.sums);
    }
    for (let d = start; d < end; d++) into[d] = (into[d] as number) + (sums[d - start] as number);
  }

  /** Where the values end short of the granule, the bytes behind them are 0. */
  private padded(start: number, end: number): number {
    return Math.ceil((end - start) / GRANULE) * GRANULE;
  }

  private reserve(rows: number): void {
    const needed = this.first + rows * this.stride;
    if (needed <= this.bytes.length) return;
    try {
      this.memory.grow(Math.ceil((needed - this.bytes.length) / PAGE) + Math.ceil(needed / PAGE / 8));
      this.bytes = new Uint8Array(this.memory.buffer);
    } catch (cause) {
      const message = `There is no memory for the windows of this training (${Math.round(needed / 2 ** 20)} MiB): use fewer photos.`;
      throw new AnysizeError('OutOfMemory', message, { cause });
    }
  }
}
