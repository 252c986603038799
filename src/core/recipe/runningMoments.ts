import { AnysizeError } from '../errors.ts';
import { fitsMoments, momentsKernel, type MomentsKernel } from './simd/recipeKernels.ts';

/** A map, or a tile of one: [height, width, channels], row-major. */
export interface Cells {
  data: ArrayLike<number>;
  height: number;
  width: number;
}

/** Part of a map in cells, half-open. */
interface CellRange {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/**
 * Mean and population standard deviation of each channel over the cells of a map, in float64, whether the map comes as a whole, in tiles, or as parts
 * that are merged (Chan, Golub, LeVeque 1983). SIMD loops take many cells in two passes and merge them; without them it is Welford's update.
 */
export class RunningMoments {
  private count = 0;
  private readonly means: Float64Array;
  /** Σ (x − mean)². */
  private readonly squares: Float64Array;

  private readonly kernel: MomentsKernel | null;

  /** @param simd false forces the JavaScript loops */
  constructor(
    readonly channels: number,
    simd = true,
  ) {
    this.kernel = simd && fitsMoments(channels) ? momentsKernel() : null;
    this.means = new Float64Array(channels);
    this.squares = new Float64Array(channels);
  }

  /**
   * @param valid cells that count: of a tile those that are not halo; all when absent
   * @throws AnysizeError `BadArgument` for data of another length
   */
  add({ data, height, width }: Cells, valid: CellRange = { top: 0, left: 0, bottom: height, right: width }): void {
    const { channels } = this;
    if (data.length !== height * width * channels) {
      throw new AnysizeError(
        'BadArgument',
        `a map of ${height} × ${width} cells and ${channels} channels has ${height * width * channels} numbers; got ${data.length}`,
      );
    }
    if (this.kernel) this.addByKernel(this.kernel, data, width, valid);
    else this.addOneByOne(data, width, valid);
  }

  /** Takes in the cells of another, which stays as it is. */
  merge(other: RunningMoments): void {
    this.mergeParts(other.count, other.means, other.squares);
  }

  private mergeParts(count: number, means: Float64Array, squares: Float64Array): void {
    const total = this.count + count;
    if (total === 0) return;
    const [share, both] = [count / total, (this.count * count) / total];
    for (let c = 0; c < this.channels; c++) {
      const off = means[c]! - this.means[c]!;
      this.means[c]! += off * share;
      this.squares[c]! += squares[c]! + off * off * both;
    }
    this.count = total;
  }

  private addByKernel(kernel: MomentsKernel, data: ArrayLike<number>, width: number, valid: CellRange): void {
    const { channels } = this;
    const room = Math.floor(kernel.room / channels);
    let held = 0;
    const run = () => {
      if (held === 0) return;
      kernel.run(held, channels);
      this.mergeParts(held, kernel.means, kernel.squares);
      held = 0;
    };
    for (let y = valid.top; y < valid.bottom; y++) {
      for (let x = valid.left; x < valid.right;) {
        if (held === room) run();
        const count = Math.min(room - held, valid.right - x);
        const at = (y * width + x) * channels;
        kernel.cells.set(partOf(data, at, at + count * channels), held * channels);
        held += count;
        x += count;
      }
    }
    run();
  }

  private addOneByOne(data: ArrayLike<number>, width: number, valid: CellRange): void {
    const { channels, means, squares } = this;
    for (let y = valid.top; y < valid.bottom; y++) {
      for (let x = valid.left; x < valid.right; x++) {
        const share = 1 / ++this.count;
        const at = (y * width + x) * channels;
        for (let c = 0; c < channels; c++) {
          const off = data[at + c]! - means[c]!;
          means[c]! += off * share;
          squares[c]! += off * (data[at + c]! - means[c]!);
        }
      }
    }
  }

  /** [channels]. */
  mean(): Float32Array {
    return Float32Array.from(this.means);
  }

  /** Population standard deviation, [channels]. */
  deviation(): Float32Array {
    return Float32Array.from(this.squares, (sum) => Math.sqrt(sum / Math.max(1, this.count)));
  }

  /** Means, then deviations: [2·channels]. */
  meanAndDeviation(): Float32Array {
    const both = new Float32Array(2 * this.channels);
    both.set(this.mean());
    both.set(this.deviation(), this.channels);
    return both;
  }
}

function partOf(data: ArrayLike<number>, start: number, end: number): ArrayLike<number> {
  return data instanceof Float32Array ? data.subarray(start, end) : Array.prototype.slice.call(data, start, end);
}
