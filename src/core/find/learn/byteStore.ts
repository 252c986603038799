import { AnysizeError } from '../../errors.ts';
import { BYTE_ROWS } from './byteKernels.ts';
import { BYTE_MODULE } from './byteModule.ts';

/** ReLU6's largest value is 255. */
const LARGEST = 6;
const PAGE = 65_536;
const GRANULE = 16;

type Dots = (a: number, b: number, c: number, d: number, w: number, n: number, out: number) => void;
type Add = (
  a: number,
  b: number,
  c: number,
  d: number,
  fa: number,
  fb: number,
  fc: number,
  fd: number,
  n: number,
  out: number,
) => void;

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
    private readonly memory: WebAssembly.Memory | null,
    private readonly kernels: { dots: Dots; add: Add } | null,
  ) {
    this.stride = Math.ceil(size / GRANULE) * GRANULE;
    this.weights = 64;
    this.sums = this.weights + 4 * this.stride;
    this.scratch = this.sums + 4 * this.stride;
    this.first = this.scratch + 64;
    this.bytes = memory ? new Uint8Array(memory.buffer) : new Uint8Array(this.first);
    this.reserve(0);
  }

  /** @param simd false forces the JavaScript loops */
  static async create(size: number, simd = true): Promise<ByteStore> {
    const module = simd ? await compile() : null;
    if (!module) return new ByteStore(size, null, null);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
    return new ByteStore(size, memory, exports as { dots: Dots; add: Add });
  }

  get count(): number {
    return this.rows;
  }

  /**
   * Keeps a row of values in 0…6.
   * @returns its number
   * @throws AnysizeError `OutOfMemory`
   */
  append(values: Float32Array): number {
    this.reserve(this.rows + 1);
    const at = this.first + this.rows * this.stride;
    const { bytes } = this;
    for (let d = 0; d < values.length; d++)
      bytes[at + d] = Math.min(255, (values[d] as number) * (255 / LARGEST) + 0.5);
    return this.rows++;
  }

  /** out[i] = values of row `rows[i]` from `start` to `end` times `w` there; `start` and `end` are multiples of 16 or the end. */
  dots(rows: Int32Array, w: Float32Array, start: number, end: number): Float64Array {
    const out = new Float64Array(rows.length);
    const { kernels, memory } = this;
    const place = (i: number) => this.first + (rows[Math.min(i, rows.length - 1)] ?? 0) * this.stride + start;
    if (kernels && memory) {
      const count = this.padded(start, end);
      const weights = new Float32Array(memory.buffer, this.weights, count);
      weights.fill(0);
      weights.set(w.subarray(start, end));
      const scratch = new Float32Array(memory.buffer, this.scratch, BYTE_ROWS);
      for (let i = 0; i < rows.length; i += BYTE_ROWS) {
        kernels.dots(place(i), place(i + 1), place(i + 2), place(i + 3), this.weights, count, this.scratch);
        for (let r = 0; r < BYTE_ROWS && i + r < rows.length; r++) out[i + r] = scratch[r] as number;
      }
    } else {
      for (let i = 0; i < rows.length; i++) {
        const at = place(i) - start;
        let sum = 0;
        for (let d = start; d < end; d++) sum += (this.bytes[at + d] as number) * (w[d] as number);
        out[i] = sum;
      }
    }
    return out.map((sum) => sum * (LARGEST / 255));
  }

  /** Adds Σ_i factors[i]·(row `rows[i]`) from `start` to `end` to `into` there; rows whose factor is 0 cost nothing. */
  sum(rows: Int32Array, factors: Float64Array, start: number, end: number, into: Float64Array): void {
    const used = [...factors.keys()].filter((i) => factors[i] !== 0);
    const { kernels, memory } = this;
    const place = (i: number) =>
      this.first + (rows[used[Math.min(i, used.length - 1)] ?? 0] ?? 0) * this.stride + start;
    const factor = (i: number) => ((factors[used[i] ?? -1] ?? 0) * LARGEST) / 255;
    if (used.length === 0) return;
    if (kernels && memory) {
      const count = this.padded(start, end);
      const sums = new Float32Array(memory.buffer, this.sums, count);
      sums.fill(0);
      for (let i = 0; i < used.length; i += BYTE_ROWS) {
        const [a, b, c, d] = [place(i), place(i + 1), place(i + 2), place(i + 3)];
        kernels.add(a, b, c, d, factor(i), factor(i + 1), factor(i + 2), factor(i + 3), count, this.sums);
      }
      for (let d = start; d < end; d++) into[d] = (into[d] as number) + (sums[d - start] as number);
    } else {
      for (let i = 0; i < used.length; i++) {
        const at = place(i) - start;
        const f = factor(i);
        for (let d = start; d < end; d++) into[d] = (into[d] as number) + f * (this.bytes[at + d] as number);
      }
    }
  }

  /** Where the values end short of the granule, the bytes behind them are 0. */
  private padded(start: number, end: number): number {
    return Math.ceil((end - start) / GRANULE) * GRANULE;
  }

  private reserve(rows: number): void {
    const needed = this.first + rows * this.stride;
    if (needed <= this.bytes.length) return;
    try {
      if (this.memory) {
        this.memory.grow(Math.ceil((needed - this.bytes.length) / PAGE) + Math.ceil(needed / PAGE / 8));
        this.bytes = new Uint8Array(this.memory.buffer);
      } else {
        const larger = new Uint8Array(Math.ceil(needed * 1.5));
        larger.set(this.bytes);
        this.bytes = larger;
      }
    } catch (cause) {
      const message = `There is no memory for the windows of this training (${Math.round(needed / 2 ** 20)} MiB): use fewer photos.`;
      throw new AnysizeError('OutOfMemory', message, { cause });
    }
  }
}

let compiled: Promise<WebAssembly.Module | null> | undefined;

/** The kernels, compiled once; null where the engine has no WebAssembly SIMD. */
function compile(): Promise<WebAssembly.Module | null> {
  compiled ??= (async () => {
    const bytes = Uint8Array.from(atob(BYTE_MODULE), (character) => character.charCodeAt(0));
    return WebAssembly.validate(bytes) ? WebAssembly.compile(bytes) : null;
  })().catch(() => null);
  return compiled;
}
