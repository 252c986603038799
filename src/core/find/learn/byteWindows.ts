import { float16ToFloat32 } from '../../float16.ts';
import { levelOffsets, pyramidBins } from '../../pyramid/geometry.ts';
import type { WindowPooling } from '../finderMaps.ts';
import { partEnds } from '../finderMaps.ts';
import type { WindowScore } from '../model.ts';
import { BYTE_ROWS } from './byteKernels.ts';
import type { ByteKernels } from './byteKernelTypes.ts';
import { byteKernels, toBytes } from './byteModules.ts';

const PAGE = 65_536;
/** Room at the memory's start, for what `dots` answers. */
const SCRATCH = 64;

/** A map of half-precision numbers: [height, width, channels]; channels are a multiple of 64. */
export interface Cells {
  height: number;
  width: number;
  channels: number;
  data: Uint16Array;
}

/** One map's windows as rows of [top, left, bottom, right]. */
type Windows = readonly (readonly number[])[];

let halves: Uint8Array | undefined;

/**
 * SPP over windows of maps that are bytes, 6/255 a step, and scores of what it gives: what learning asks of every window of every photo, again after
 * each round. A photo's 500 windows take some hundredth of a second.
 */
export class ByteWindows {
  private readonly ends: number[];
  private maps: { cells: Cells; at: number }[] = [];

  private constructor(
    private readonly pooling: WindowPooling,
    private readonly memory: WebAssembly.Memory,
    private readonly kernels: ByteKernels,
  ) {
    this.ends = partEnds(pooling);
  }

  /** @param simd false forces plain JavaScript */
  static async create(pooling: WindowPooling, simd = true): Promise<ByteWindows> {
    const { memory, kernels } = await byteKernels(simd);
    return new ByteWindows(pooling, memory, kernels);
  }

  /** Values of a vector. */
  private get size(): number {
    return this.ends.at(-1) ?? 0;
  }

  /** The maps of the photo whose windows are asked for next, in the order of the settings. */
  load(maps: readonly Cells[]): void {
    halves ??= toBytes(float16ToFloat32(Uint16Array.from({ length: 65_536 }, (_, half) => half)));
    const rowsEnd = SCRATCH + BYTE_ROWS * this.size;
    const length = maps.reduce((sum, { data }) => sum + data.length, 0);
    const bytes = this.reserve(rowsEnd + length);
    let at = rowsEnd;
    this.maps = maps.map((cells) => {
      const { data } = cells;
      for (let i = 0; i < data.length; i++) bytes[at + i] = halves?.[data[i] as number] as number;
      at += data.length;
      return { cells, at: at - data.length };
    });
  }

  /** Vectors of windows, a byte a value. @param windows of each map, as many of each */
  vectors(windows: readonly Windows[]): Uint8Array[] {
    const count = windows[0]?.length ?? 0;
    return Array.from({ length: count }, (_, i) => {
      this.pool(windows, i, SCRATCH);
      return new Uint8Array(this.memory.buffer, SCRATCH, this.size).slice();
    });
  }

  /**
   * Scores of windows under linear models on the joined vector: each map's part of unit length, times the root of its share.
   * @returns one array per model, a score for each window
   */
  scores(windows: readonly Windows[], models: readonly WindowScore[]): Float32Array[] {
    const count = windows[0]?.length ?? 0;
    const { ends, kernels, size } = this;
    const last = this.maps.at(-1);
    const weightsAt = Math.ceil((last ? last.at + last.cells.data.length : SCRATCH) / 16) * 16;
    this.reserve(weightsAt + 4 * size * models.length);
    models.forEach(({ weights }, m) =>
      new Float32Array(this.memory.buffer, weightsAt + 4 * size * m, size).set(weights),
    );
    const answers = new Float32Array(this.memory.buffer, 0, BYTE_ROWS);
    const out = models.map(({ bias }) => new Float32Array(count).fill(bias));
    const rows = Array.from({ length: BYTE_ROWS }, (_, r) => SCRATCH + r * size);
    for (let i = 0; i < count; i += BYTE_ROWS) {
      const here = Math.min(BYTE_ROWS, count - i);
      for (let r = 0; r < here; r++) this.pool(windows, i + r, rows[r] as number);
      let start = 0;
      for (const end of ends) {
        const [a = 0, b = 0, c = 0, d = 0] = rows.map((row) => row + start);
        const scales = rows.map((row) =>
          Math.sqrt(1 / ends.length / Math.max(1, kernels.squares(row + start, end - start))),
        );
        for (const [m, scores] of out.entries()) {
          kernels.dots(a, b, c, d, weightsAt + 4 * (size * m + start), end - start, 0);
          for (let r = 0; r < here; r++)
            scores[i + r] = (scores[i + r] as number) + (answers[r] as number) * (scales[r] as number);
        }
        start = end;
      }
    }
    return out;
  }

  /** Pools one window of every map into a row at `to`. A level that divides the finest is the maximum over its bins. */
  private pool(windows: readonly Windows[], index: number, to: number): void {
    const { levels } = this.pooling;
    const offsets = levelOffsets(levels);
    const finest = Math.max(...levels);
    let first = to;
    for (const [map, { cells, at }] of this.maps.entries()) {
      const { width, channels } = cells;
      const [top = 0, left = 0, bottom = 0, right = 0] = windows[map]?.[index] ?? [];
      const line = width * channels;
      const own = levels.filter((n) => n === finest || finest % n !== 0);
      for (const n of own) {
        const level = first + (offsets[levels.indexOf(n)] ?? 0) * channels;
        for (const bin of pyramidBins({ top, left, bottom, right }, [n], 'adaptive')) {
          const [columns, rows] = [bin.right - bin.left, bin.bottom - bin.top];
          const from = at + bin.top * line + bin.left * channels;
          this.kernels.most(from, columns, rows, channels, line, channels, level + bin.index * channels);
        }
      }
      const fine = first + (offsets[levels.indexOf(finest)] ?? 0) * channels;
      for (const [i, n] of levels.entries()) {
        if (own.includes(n)) continue;
        const side = finest / n;
        for (let bin = 0; bin < n * n; bin++) {
          const corner = (Math.floor(bin / n) * finest + (bin % n)) * side;
          const into = first + ((offsets[i] ?? 0) + bin) * channels;
          this.kernels.most(fine + corner * channels, side, side, channels, finest * channels, channels, into);
        }
      }
      first += (offsets.at(-1) ?? 0) * channels;
    }
  }

  private reserve(bytes: number): Uint8Array {
    const missing = bytes - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    return new Uint8Array(this.memory.buffer);
  }
}
