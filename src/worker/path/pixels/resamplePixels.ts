import type { PixelRect, Size } from '../../../core/model.ts';

/** For each output position of a range: the first source position it reads and its weights, which sum to 1. */
interface Taps {
  start: Int32Array;
  end: Int32Array;
  /** Offset of a position's weights in `weights`. */
  offset: Int32Array;
  weights: Float64Array;
}

/**
 * Weights of a triangle filter whose support grows with the shrink factor: bilinear when enlarging, antialiased when shrinking.
 * Output pixel `from` + i stands at (from + i + ½) · source/target − ½; a source pixel at distance d weighs 1 − d/max(1, source/target).
 * The source begins at `begin`, 0…1, in the first of its pixels.
 * The same as torchvision's `Resize(antialias=True)`, tf.image.resize(antialias=True) and Pillow's BILINEAR, before rounding.
 */
function triangleTaps(begin: number, source: number, target: number, from: number, count: number): Taps {
  const step = source / target;
  const support = Math.max(1, step);
  const pixels = Math.ceil(begin + source);
  const start = new Int32Array(count);
  const end = new Int32Array(count);
  const offset = new Int32Array(count);
  const weights: number[] = [];
  for (let i = 0; i < count; i++) {
    const centre = begin + (from + i + 0.5) * step - 0.5;
    const first = Math.max(0, Math.floor(centre - support) + 1);
    const last = Math.min(pixels - 1, Math.ceil(centre + support) - 1);
    let sum = 0;
    for (let j = first; j <= last; j++) sum += 1 - Math.abs(j - centre) / support;
    start[i] = first;
    end[i] = last + 1;
    offset[i] = weights.length;
    for (let j = first; j <= last; j++) weights.push((1 - Math.abs(j - centre) / support) / sum);
  }
  return { start, end, offset, weights: Float64Array.from(weights) };
}

/** Rows that are filtered along their columns at a time: what they come to fits in a core's own cache. */
const ROWS_AT_ONCE = 32;
/** Sums of such rows, used again: of inputs up to 2,048 pixels wide. */
const kept = new Float32Array(ROWS_AT_ONCE * 2048 * 3);

/** A block of pixels on its way in: RGBA bytes of which the alpha is not read. */
export interface PixelBlock extends Size {
  /** Columns of the source left of it. */
  x: number;
  data: Uint8ClampedArray;
}

/**
 * Resamples an image that arrives in strips of rows, top to bottom, so that the whole of it never has to exist: each strip is filtered along
 * its rows first, then added to the output rows it reaches. Sums are float, without rounding on the way.
 */
export class Resampler {
  private readonly columns: Taps;
  private readonly rows: Taps;
  private readonly output: Float32Array;
  private readonly rowLength: number;
  /** Rectangle of the source that is read: its rows are to be pushed, and at least its columns. */
  readonly reach: PixelRect;
  private y: number;

  /**
   * @param source sides in pixels, fractional where it begins or ends inside a pixel
   * @param window part of the target that is computed, the same as it comes out of the whole; all of it when absent
   * @param begin where the source begins in the first of its pixels, 0…1 on each side
   */
  constructor(
    source: Size,
    target: Size,
    private readonly window: PixelRect = { x: 0, y: 0, ...target },
    begin = { x: 0, y: 0 },
  ) {
    this.columns = triangleTaps(begin.x, source.width, target.width, window.x, window.width);
    this.rows = triangleTaps(begin.y, source.height, target.height, window.y, window.height);
    this.rowLength = window.width * 3;
    this.output = new Float32Array(window.height * this.rowLength);
    const [x, y] = [this.columns.start[0]!, this.rows.start[0]!];
    this.reach = { x, y, width: this.columns.end.at(-1)! - x, height: this.rows.end.at(-1)! - y };
    this.y = y;
  }

  /** Takes the next rows of {@link reach}, as blocks that stand side by side and together span its width. */
  push(blocks: readonly PixelBlock[]): void {
    const height = blocks[0]?.height ?? 0;
    const length = ROWS_AT_ONCE * this.rowLength;
    const strip = length <= kept.length ? kept : new Float32Array(length);
    for (let from = 0; from < height; from += ROWS_AT_ONCE) {
      const count = Math.min(ROWS_AT_ONCE, height - from);
      strip.fill(0, 0, count * this.rowLength);
      for (const block of blocks) this.filterRows(block, from, count, strip);
      this.filterColumns(strip, count);
      this.y += count;
    }
  }

  /** The resampled image, [height, width, 3] in 0…1. To be called once, when all rows were pushed. */
  finish(): Float32Array {
    const { y, height } = this.reach;
    if (this.y !== y + height) throw new Error(`${this.y - y} of ${height} rows were pushed`);
    const { output } = this;
    for (let i = 0; i < output.length; i++) output[i]! /= 255;
    return output;
  }

  /** Adds what `count` rows of a block give, from its row `from` on. */
  private filterRows({ x, width, data }: PixelBlock, from: number, count: number, strip: Float32Array): void {
    const { start, end, offset, weights } = this.columns;
    for (let row = 0; row < count; row++) {
      const rowBase = ((from + row) * width - x) * 4;
      let to = row * this.rowLength;
      for (let column = 0; column < this.window.width; column++, to += 3) {
        const first = Math.max(start[column]!, x);
        const last = Math.min(end[column]!, x + width);
        const weightBase = offset[column]! - start[column]!;
        let red = 0;
        let green = 0;
        let blue = 0;
        for (let i = first, pixel = rowBase + first * 4; i < last; i++, pixel += 4) {
          const weight = weights[weightBase + i]!;
          red += weight * data[pixel]!;
          green += weight * data[pixel + 1]!;
          blue += weight * data[pixel + 2]!;
        }
        strip[to]! += red;
        strip[to + 1]! += green;
        strip[to + 2]! += blue;
      }
    }
  }

  private filterColumns(strip: Float32Array, height: number): void {
    const { start, end, offset, weights } = this.rows;
    const { output, rowLength, y } = this;
    for (let row = 0; row < this.window.height; row++) {
      const first = Math.max(start[row]!, y);
      const last = Math.min(end[row]!, y + height);
      const to = row * rowLength;
      for (let i = first; i < last; i++) {
        const weight = weights[offset[row]! - start[row]! + i]!;
        const from = (i - y) * rowLength;
        for (let k = 0; k < rowLength; k++) output[to + k]! += weight * strip[from + k]!;
      }
    }
  }
}

/**
 * Resamples a whole image held in memory. [height, width, 4] bytes → [height, width, 3] in 0…1; alpha is not read.
 * The same size gives exactly value / 255.
 */
export function resamplePixels(data: Uint8ClampedArray, source: Size, target: Size): Float32Array {
  const resampler = new Resampler(source, target);
  resampler.push([{ ...source, x: 0, data }]);
  return resampler.finish();
}
