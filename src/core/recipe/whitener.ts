import { AnysizeError } from '../errors.ts';
import { BLOCK_LENGTHS, type BlockName, type PooledMaps, type WhitenedPhoto } from './recipe.ts';
import { PANEL_COLUMNS, PANEL_ROWS } from './simd/layout.ts';
import { createRecipeKernels, type RecipeKernels } from './simd/recipeKernels.ts';
import { LEAST_NORM, type Whitening, type Whitenings } from './whitening.ts';

/** A whitening in the kernels' memory, U as panels of 16 columns. Lengths are padded with zeros to whole panels. */
interface Placed {
  /** d and k, padded. */
  length: number;
  rank: number;
  /** Places of c [d], of U's panels of [d, 16], and of those of (g ∘ Uᵀ), [k, 16]. */
  centre: number;
  across: number;
  back: number;
}

const ALL: readonly BlockName[] = ['whole', 'middle', 'two', 'four'];
/** Rows of all blocks of the last map, and one to make pairs. */
const MOST_ROWS = 22;
/** Rows of a panel that are multiplied in one go: they stay in cache, and their sums short. */
const STEP = 256;

const padded = (count: number) => Math.ceil(count / PANEL_COLUMNS) * PANEL_COLUMNS;

/**
 * `whitenPhoto` at a fraction of a pass: all rows of a whitening at once, in two products of float32 by SIMD loops. The same numbers as in float64 to
 * 1e-6, on every backend and machine.
 */
export class Whitener {
  private constructor(
    readonly whitenings: Whitenings,
    private readonly kernels: RecipeKernels,
    private readonly map: Placed,
    private readonly middle: Placed,
    /** Places of the rows at work, [22, stride], and of what they have along U's columns, [22, rank]. */
    private readonly rows: number,
    private readonly along: number,
    private readonly stride: number,
  ) {}

  /** @param simd false forces the JavaScript loops */
  static create(whitenings: Whitenings, simd = true): Whitener {
    let used = 0;
    const take = (count: number) => (used += count) - count;
    const place = ({ length: d, rank: k }: Whitening): Placed => {
      const [length, rank] = [padded(d), padded(k)];
      return { length, rank, centre: take(length), across: take(length * rank), back: take(length * rank) };
    };
    const [map, middle] = [place(whitenings.map), place(whitenings.middle)];
    const stride = Math.max(map.length, middle.length);
    const rows = take(MOST_ROWS * stride);
    const along = take(MOST_ROWS * Math.max(map.rank, middle.rank));
    const kernels = createRecipeKernels(used, simd);
    fill(kernels.floats, whitenings.map, map);
    fill(kernels.floats, whitenings.middle, middle);
    return new Whitener(whitenings, kernels, map, middle, rows, along, stride);
  }

  /**
   * The blocks of a photo, each of length 1; those that are not asked for are empty.
   * @throws AnysizeError `BadArgument` for a block of another length
   */
  whiten(pooled: PooledMaps, names = ALL): WhitenedPhoto {
    const photo: WhitenedPhoto = {
      whole: new Float32Array(),
      middle: new Float32Array(),
      two: new Float32Array(),
      four: new Float32Array(),
    };
    const ofMap = ALL.filter((name) => name !== 'middle' && names.includes(name));
    this.blocks(this.map, this.whitenings.map.length, ofMap, pooled, photo);
    if (names.includes('middle')) this.blocks(this.middle, this.whitenings.middle.length, ['middle'], pooled, photo);
    return photo;
  }

  /** Whitens some blocks of a photo, all bins of which are of `length` values, into `photo`. */
  private blocks(
    placed: Placed,
    length: number,
    names: readonly BlockName[],
    pooled: PooledMaps,
    photo: WhitenedPhoto,
  ): void {
    const { kernels, rows, along, stride } = this;
    const { floats } = kernels;
    let count = 0;
    for (const name of names) {
      const values = pooled[name];
      if (values.length !== BLOCK_LENGTHS[name]) {
        throw new AnysizeError(
          'BadArgument',
          `the block "${name}" takes ${BLOCK_LENGTHS[name]} pooled values; got ${values.length}`,
        );
      }
      for (let start = 0; start < values.length; start += length, count++) {
        const row = rows + count * stride;
        floats.set(values.subarray(start, start + length), row);
        kernels.root(row, placed.centre, row, placed.length);
      }
    }
    const pairs = Math.ceil(count / PANEL_ROWS);
    floats.fill(0, along, along + pairs * PANEL_ROWS * placed.rank);
    this.product(rows, stride, placed.across, placed.length, along, placed.rank, placed.rank, pairs);
    this.product(along, placed.rank, placed.back, placed.rank, rows, stride, placed.length, pairs);
    let row = 0;
    for (const name of names) {
      const bins = pooled[name].length / length;
      photo[name] = unitRows(floats, rows + row * stride, stride, bins, length);
      row += bins;
    }
  }

  /** C += A·B, for A of `inner` columns and B of `columns`, in panels. */
  private product(
    a: number,
    aStride: number,
    b: number,
    inner: number,
    c: number,
    cStride: number,
    columns: number,
    pairs: number,
  ): void {
    for (let from = 0; from < inner; from += STEP) {
      const count = Math.min(STEP, inner - from);
      for (let column = 0; column < columns; column += PANEL_COLUMNS) {
        const panel = b + column * inner + from * PANEL_COLUMNS;
        this.kernels.panel(a + from, aStride, panel, c + column, cStride, pairs, count);
      }
    }
  }
}

/** Writes a whitening to its place. */
function fill(floats: Float32Array, { length, rank, centre, directions, gains }: Whitening, placed: Placed): void {
  floats.set(centre, placed.centre);
  const inPanels = (row: number, column: number, rows: number) =>
    (column - (column % PANEL_COLUMNS)) * rows + row * PANEL_COLUMNS + (column % PANEL_COLUMNS);
  for (let d = 0, at = 0; d < length; d++) {
    for (let k = 0; k < rank; k++, at++) {
      const value = directions[at]!;
      floats[placed.across + inPanels(d, k, placed.length)] = value;
      floats[placed.back + inPanels(k, d, placed.rank)] = gains[k]! * value;
    }
  }
}

/** Rows of `length` values behind each other, brought to length 1 as one. */
function unitRows(floats: Float32Array, from: number, stride: number, rows: number, length: number): Float32Array {
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    const start = from + row * stride;
    for (let at = start; at < start + length; at++) squares += floats[at]! * floats[at]!;
  }
  const factor = 1 / Math.max(Math.sqrt(squares), LEAST_NORM);
  const out = new Float32Array(rows * length);
  for (let row = 0, to = 0; row < rows; row++) {
    const start = from + row * stride;
    for (let at = start; at < start + length; at++, to++) out[to] = factor * floats[at]!;
  }
  return out;
}
