import { AnysizeError } from '../errors.ts';
import { Arena } from '../training/simd/arena.ts';
import { BLOCK_LENGTHS, type BlockName, type PooledMaps, type WhitenedPhoto } from './recipe.ts';
import { lengthOf, type Whitening, type Whitenings } from './whitening.ts';

/** A whitening in the arena. */
interface Placed {
  whitening: Whitening;
  /** Places of U's columns, [rank] rows of [d]. */
  columns: Int32Array;
}

/** Bins of the largest block. */
const MOST_ROWS = 16;

/**
 * `whitenPhoto` at a fraction of a pass: all rows of a block at once, U kept as rows of an arena, products and sums by its SIMD loops in float32.
 * The same numbers as in float64 to 1e-6, on every backend and machine.
 */
export class Whitener {
  private constructor(
    readonly whitenings: Whitenings,
    private readonly arena: Arena,
    private readonly map: Placed,
    private readonly middle: Placed,
    /** Places of the rows at work, and of their sums. */
    private readonly rows: Int32Array,
    private readonly sums: number,
    private readonly stride: number,
  ) {}

  /** @param simd false forces the JavaScript loops */
  static async create(whitenings: Whitenings, simd = true): Promise<Whitener> {
    const { map, middle } = whitenings;
    const stride = Math.max(map.length, middle.length);
    const arena = await Arena.create(
      map.length * map.rank + middle.length * middle.rank + 4 * MOST_ROWS * stride,
      simd,
    );
    const place = (whitening: Whitening): Placed => {
      const { length, rank, directions } = whitening;
      const columns = Int32Array.from({ length: rank }, () => arena.allocate(length));
      const { floats } = arena;
      for (let d = 0, at = 0; d < length; d++)
        for (let k = 0; k < rank; k++, at++) floats[columns[k]! + d] = directions[at]!;
      return { whitening, columns };
    };
    const placed = [place(map), place(middle)] as const;
    const rows = Int32Array.from({ length: MOST_ROWS }, () => arena.allocate(stride));
    const sums = arena.allocate(MOST_ROWS * stride);
    return new Whitener(whitenings, arena, ...placed, rows, sums, stride);
  }

  /**
   * The blocks of a photo, each of length 1; those that are not asked for are empty.
   * @throws AnysizeError `BadArgument` for a block of another length
   */
  whiten(pooled: PooledMaps, names: readonly BlockName[] = ['whole', 'middle', 'two', 'four']): WhitenedPhoto {
    const block = (name: BlockName) => (names.includes(name) ? this.block(name, pooled[name]) : new Float32Array());
    return { whole: block('whole'), middle: block('middle'), two: block('two'), four: block('four') };
  }

  private block(name: BlockName, pooled: Float32Array): Float32Array {
    if (pooled.length !== BLOCK_LENGTHS[name]) {
      throw new AnysizeError(
        'BadArgument',
        `the block "${name}" takes ${BLOCK_LENGTHS[name]} pooled values; got ${pooled.length}`,
      );
    }
    const { arena, stride, sums } = this;
    const { whitening, columns } = name === 'middle' ? this.middle : this.map;
    const { length, rank, gains } = whitening;
    const rows = this.rows.subarray(0, pooled.length / length);
    const { centre } = whitening;
    rows.forEach((place, i) => {
      const { floats } = arena;
      for (let d = 0; d < length; d++) {
        const x = pooled[i * length + d]!;
        floats[place + d] = (x > 0 ? Math.sqrt(x) : 0) - centre[d]!;
      }
    });
    const along = new Float32Array(rows.length * rank);
    arena.dots(rows, columns, length, along);
    const weights = new Float32Array(along.length);
    for (let k = 0, at = 0; k < rank; k++) {
      for (let i = 0; i < rows.length; i++, at++) weights[at] = gains[k]! * along[i * rank + k]!;
    }
    arena.sums(columns, weights, rows.length, length, sums, stride);
    const { floats } = arena;
    const out = new Float32Array(pooled.length);
    rows.forEach((place, i) => {
      for (let d = 0; d < length; d++) out[i * length + d] = floats[place + d]! + floats[sums + i * stride + d]!;
    });
    const factor = 1 / lengthOf(out);
    for (let d = 0; d < out.length; d++) out[d]! *= factor;
    return out;
  }
}
