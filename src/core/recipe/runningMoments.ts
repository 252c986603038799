import { AnysizeError } from '../errors.ts';

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
 * Mean and population standard deviation of each channel over the cells of a map, in float64 by Welford's update, whether the map comes as a whole,
 * in tiles, or as parts that are merged (Chan, Golub, LeVeque 1983).
 */
export class RunningMoments {
  private count = 0;
  private readonly means: Float64Array;
  /** Σ (x − mean)². */
  private readonly squares: Float64Array;

  constructor(readonly channels: number) {
    this.means = new Float64Array(channels);
    this.squares = new Float64Array(channels);
  }

  /**
   * @param valid cells that count: of a tile those that are not halo; all when absent
   * @throws AnysizeError `BadArgument` for data of another length
   */
  add({ data, height, width }: Cells, valid: CellRange = { top: 0, left: 0, bottom: height, right: width }): void {
    const { channels, means, squares } = this;
    if (data.length !== height * width * channels) {
      throw new AnysizeError(
        'BadArgument',
        `a map of ${height} × ${width} cells and ${channels} channels has ${height * width * channels} numbers; got ${data.length}`,
      );
    }
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

  /** Takes in the cells of another, which stays as it is. */
  merge(other: RunningMoments): void {
    const total = this.count + other.count;
    if (total === 0) return;
    for (let c = 0; c < this.channels; c++) {
      const off = other.means[c]! - this.means[c]!;
      this.means[c]! += (off * other.count) / total;
      this.squares[c]! += other.squares[c]! + (off * off * this.count * other.count) / total;
    }
    this.count = total;
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
