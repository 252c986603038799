import { compileOnce } from '../../simd/compileOnce.ts';
import { AnysizeError } from '../../errors.ts';
import { SIMD_MODULE } from './bytes.ts';
import { DOT_ROWS, MAX_COLUMNS } from './source.ts';

/** Floats that every row is padded to a multiple of; the padding is 0. */
export const ROW_PADDING = 16;
/** Floats of a row that one pass of {@link Arena.dots} covers, so that the rows at work stay in cache. */
const PANEL = 1024;
const PAGE = 65536;

interface AdamStep {
  rate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  decay: number;
  /** Steps done, from 1. */
  step: number;
}

/**
 * One block of memory for matrices of float32 rows, and the trainer's inner loops over them: WebAssembly SIMD where the
 * engine has it (every browser with WebGPU has), plain JavaScript otherwise. Places are offsets in floats. The SIMD loops
 * give the same numbers on every machine.
 */
export class Arena {
  private readonly free = new Map<number, number[]>();
  private readonly scratch: number;
  private used = 0;
  private view: Float32Array;

  private constructor(
    private readonly memory: WebAssembly.Memory | null,
    private readonly kernels: Record<string, (...values: number[]) => void> | null,
    floats: number,
  ) {
    this.view = memory ? new Float32Array(memory.buffer) : new Float32Array(floats + PAGE / 4);
    this.scratch = this.allocate(64);
  }

  /**
   * @param floats what will be allocated, about; more is found when needed
   * @param simd false forces the JavaScript loops
   * @throws AnysizeError `BadArgument` when the memory cannot be had
   */
  static async create(floats: number, simd = true): Promise<Arena> {
    try {
      const compiled = simd ? await compile() : null;
      if (!compiled) return new Arena(null, null, floats);
      const memory = new WebAssembly.Memory({ initial: Math.ceil((floats * 4) / PAGE) + 1 });
      const { exports } = await WebAssembly.instantiate(compiled, { env: { memory } });
      return new Arena(memory, exports as Record<string, (...values: number[]) => void>, floats);
    } catch (cause) {
      throw outOfMemory(floats, cause);
    }
  }

  /** True when the SIMD loops run. */
  get simd(): boolean {
    return this.kernels !== null;
  }

  /** The whole memory. Take it anew after {@link allocate}, which may move it. */
  get floats(): Float32Array {
    if (this.memory && this.view.buffer !== this.memory.buffer) this.view = new Float32Array(this.memory.buffer);
    return this.view;
  }

  /** Place of `count` zeros, rounded up to {@link ROW_PADDING}. */
  allocate(count: number): number {
    const size = Math.ceil(count / ROW_PADDING) * ROW_PADDING;
    const again = this.free.get(size)?.pop();
    if (again !== undefined) {
      this.floats.fill(0, again, again + size);
      return again;
    }
    const place = this.used;
    const missing = place + size - this.floats.length;
    if (missing > 0) this.grow(missing);
    this.used += size;
    return place;
  }

  /** Gives back what {@link allocate} gave for the same `count`. */
  release(place: number, count: number): void {
    const size = Math.ceil(count / ROW_PADDING) * ROW_PADDING;
    this.free.set(size, [...(this.free.get(size) ?? []), place]);
  }

  private grow(floats: number): void {
    try {
      if (this.memory) this.memory.grow(Math.ceil((floats * 4) / PAGE));
      else {
        const larger = new Float32Array(this.view.length + floats);
        larger.set(this.view);
        this.view = larger;
      }
    } catch (cause) {
      throw outOfMemory(floats, cause);
    }
  }

  /**
   * out[i·stride + j] = Σ_d a_i[d]·b_j[d].
   * @param a,b places of the rows
   * @param length floats in a row, a multiple of {@link ROW_PADDING}
   * @param out receives [a.length, ≥ b.length] of row length `stride`
   */
  dots(
    a: ArrayLike<number>,
    b: ArrayLike<number>,
    length: number,
    out: Float32Array | Float64Array,
    stride = b.length,
  ): void {
    for (let i = 0; i < a.length; i++) out.fill(0, i * stride, i * stride + b.length);
    const { kernels, floats } = this;
    const at = this.scratch;
    for (let start = 0; start < length; start += PANEL) {
      const count = Math.min(PANEL, length - start);
      for (let j = 0; j < b.length; j += MAX_COLUMNS) {
        const columns = Math.min(MAX_COLUMNS, b.length - j);
        const right = Array.from({ length: columns }, (_, c) => b[j + c]! + start);
        for (let i = 0; i < a.length; i += DOT_ROWS) {
          const rows = Math.min(DOT_ROWS, a.length - i);
          const left = Array.from({ length: DOT_ROWS }, (_, r) => a[i + Math.min(r, rows - 1)]! + start);
          if (kernels) kernels[`dots${columns}`]!(...left.map(bytes), ...right.map(bytes), count * 4, at * 4);
          else dotBlock(floats, left, right, count, at);
          for (let r = 0; r < rows; r++) {
            for (let c = 0; c < columns; c++) out[(i + r) * stride + j + c]! += floats[at + r * columns + c]!;
          }
        }
      }
    }
  }

  /**
   * out_c[d] = Σ_r weights[r·columns + c]·row_r[d], for c = 0…columns−1.
   * @param rows places of the rows
   * @param weights [rows.length, columns]
   * @param out place of [columns] rows of `stride` floats, overwritten over `length`
   */
  sums(
    rows: ArrayLike<number>,
    weights: ArrayLike<number>,
    columns: number,
    length: number,
    out: number,
    stride: number,
  ): void {
    const pointers = this.allocate(rows.length);
    const scaled = this.allocate(rows.length * MAX_COLUMNS);
    const { kernels, floats } = this;
    if (this.memory) new Int32Array(this.memory.buffer, pointers * 4, rows.length).set(Array.from(rows, bytes));
    for (let first = 0; first < columns; first += MAX_COLUMNS) {
      const part = Math.min(MAX_COLUMNS, columns - first);
      for (let r = 0; r < rows.length; r++) {
        for (let c = 0; c < part; c++) floats[scaled + r * part + c] = weights[r * columns + first + c]!;
      }
      const to = out + first * stride;
      if (kernels)
        kernels[`sums${part}`]!(bytes(pointers), rows.length, bytes(scaled), length * 4, bytes(to), stride * 4);
      else sumBlock(floats, rows, scaled, part, length, to, stride);
    }
    this.release(pointers, rows.length);
    this.release(scaled, rows.length * MAX_COLUMNS);
  }

  /** SGD with momentum over `length` floats: g' = g + decay·w; m = μ·m + g'; w −= rate·m. All places. */
  momentum(
    w: number,
    m: number,
    g: number,
    length: number,
    step: { rate: number; momentum: number; decay: number },
  ): void {
    const { rate, momentum, decay } = step;
    if (this.kernels) return this.kernels['momentum']!(w * 4, m * 4, g * 4, length * 4, rate, momentum, decay);
    const { floats } = this;
    for (let i = 0; i < length; i++) {
      floats[m + i] = momentum * floats[m + i]! + floats[g + i]! + decay * floats[w + i]!;
      floats[w + i]! -= rate * floats[m + i]!;
    }
  }

  /** Adam (Kingma & Ba 2015, algorithm 1) over `length` floats, on the gradient g + decay·w. All places. */
  adam(
    w: number,
    m: number,
    v: number,
    g: number,
    length: number,
    { rate, beta1, beta2, epsilon, decay, step }: AdamStep,
  ): void {
    const scaled = rate / (1 - beta1 ** step);
    const c2 = 1 / (1 - beta2 ** step);
    const [a, b] = [1 - beta1, 1 - beta2];
    if (this.kernels)
      return this.kernels['adam']!(w * 4, m * 4, v * 4, g * 4, length * 4, scaled, a, b, c2, epsilon, decay);
    const { floats } = this;
    for (let i = 0; i < length; i++) {
      const gradient = floats[g + i]! + decay * floats[w + i]!;
      floats[m + i]! += a * (gradient - floats[m + i]!);
      floats[v + i]! += b * (gradient * gradient - floats[v + i]!);
      floats[w + i]! -= (scaled * floats[m + i]!) / (Math.sqrt(floats[v + i]! * c2) + epsilon);
    }
  }
}

const bytes = (place: number) => place * 4;

function dotBlock(floats: Float32Array, left: number[], right: number[], count: number, out: number): void {
  left.forEach((a, r) =>
    right.forEach((b, c) => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += floats[a + i]! * floats[b + i]!;
      floats[out + r * right.length + c] = sum;
    }),
  );
}

function sumBlock(
  floats: Float32Array,
  rows: ArrayLike<number>,
  weights: number,
  columns: number,
  length: number,
  out: number,
  stride: number,
): void {
  for (let c = 0; c < columns; c++) {
    floats.fill(0, out + c * stride, out + c * stride + length);
    for (let r = 0; r < rows.length; r++) {
      const weight = floats[weights + r * columns + c]!;
      for (let i = 0; i < length; i++) floats[out + c * stride + i]! += weight * floats[rows[r]! + i]!;
    }
  }
}

/** The kernels, compiled once; null where the engine has no WebAssembly SIMD. */
const compile = compileOnce(SIMD_MODULE);

function outOfMemory(floats: number, cause: unknown): AnysizeError {
  const size = `${((floats * 4) / 2 ** 30).toFixed(1)} GiB`;
  return new AnysizeError(
    'BadArgument',
    `not enough memory for the vectors of this training (${size} more needed): use fewer photos, fewer views per photo or a smaller pyramid`,
    { cause },
  );
}
