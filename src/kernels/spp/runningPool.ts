import * as tf from '@tensorflow/tfjs-core';
import { fill } from '@tensorflow/tfjs-core';
import { AnysizeError } from '../../core/errors.ts';
import { pyramidBins, type Bin, type CellRect, type Pooling, type Rule } from '../../core/pyramid/geometry.ts';
import { spp } from './spp.ts';

/** A feature map whose tiles arrive one by one. Sides in cells. */
export interface TiledMap {
  height: number;
  width: number;
  channels: number;
}

/**
 * Spatial pyramid pooling of a feature map that never exists as a whole: tiles come in any order, each is pooled where the
 * bins meet it, and the bins' maxima (or sums) stay on the device. With `max` the answer equals `spp()` of the whole map
 * exactly; with `mean` to the rounding of single precision.
 */
export class RunningSpp {
  private readonly bins: Bin[];
  private readonly covered: Uint8Array;
  /** Maxima or sums so far, [bins, channels]. */
  private state: tf.Tensor2D;

  /** @throws PyramidError, RuleError; AnysizeError `BadArgument` for a map without cells */
  constructor(
    private readonly map: TiledMap,
    private readonly options: { levels: readonly number[]; rule: Rule; pooling?: Pooling },
  ) {
    const sides = [map.height, map.width, map.channels];
    if (!sides.every((side) => Number.isInteger(side) && side > 0)) {
      throw new AnysizeError('BadArgument', `a feature map has at least one cell; got ${sides.join('×')}`);
    }
    const whole = { top: 0, left: 0, bottom: map.height, right: map.width };
    this.bins = pyramidBins(whole, options.levels, options.rule);
    this.covered = new Uint8Array(map.height * map.width);
    this.state = tf.keep(fill([this.bins.length, map.channels], this.isMean ? 0 : -Infinity) as tf.Tensor2D);
  }

  private get isMean(): boolean {
    return this.options.pooling === 'mean';
  }

  /**
   * Adds the cells of a tile that are valid.
   * @param tile [height, width, channels]; not disposed
   * @param origin where the tile's first cell stands in the whole map
   * @param valid the cells that count, in the tile's own coordinates; all of them when absent
   * @throws AnysizeError `BadArgument` when valid cells lie outside the tile or the map, or, for `mean`, came before
   */
  add(tile: tf.Tensor3D, origin: { top: number; left: number }, valid?: CellRect): void {
    const [height, width, channels] = tile.shape;
    const part = valid ?? { top: 0, left: 0, bottom: height, right: width };
    const region: CellRect = {
      top: origin.top + part.top,
      left: origin.left + part.left,
      bottom: origin.top + part.bottom,
      right: origin.left + part.right,
    };
    this.checkTile(channels, part, height, width, region);
    this.cover(region);

    const rows: number[][] = [];
    const areas: number[] = [];
    // One row past the last stands for "this tile does not meet the bin".
    const meets = this.bins.map((bin) => {
      const meet = intersection(bin, region);
      if (!meet) return -1;
      areas.push((meet.bottom - meet.top) * (meet.right - meet.left));
      return (
        rows.push([
          meet.top - origin.top,
          meet.left - origin.left,
          meet.bottom - origin.top,
          meet.right - origin.left,
        ]) - 1
      );
    });
    if (rows.length === 0) return;

    const next = tf.tidy(() => {
      const pooling = this.isMean ? 'mean' : 'max';
      const pooled = spp(tile, { levels: [1], rule: 'adaptive', pooling, windows: rows });
      const shares = this.isMean ? tf.mul(pooled, tf.tensor2d(areas, [areas.length, 1])) : pooled;
      const nothing = fill([1, channels], this.isMean ? 0 : -Infinity);
      const pick = tf.tensor1d(
        meets.map((row) => (row < 0 ? rows.length : row)),
        'int32',
      );
      const contribution = tf.gather(tf.concat([shares, nothing as tf.Tensor2D]), pick);
      return (this.isMean ? tf.add(this.state, contribution) : tf.maximum(this.state, contribution)) as tf.Tensor2D;
    });
    this.state.dispose();
    this.state = tf.keep(next);
  }

  /**
   * The vector of the whole map, [1, bins·channels], bin-major.
   * @throws AnysizeError `BadArgument` while cells are missing
   */
  result(): tf.Tensor2D {
    const missing = this.covered.reduce((count, seen) => count + (seen ? 0 : 1), 0);
    if (missing) throw new AnysizeError('BadArgument', `${missing} cells of the map have not come yet`);
    return tf.tidy(() => {
      if (!this.isMean) return tf.reshape(tf.clone(this.state), [1, this.state.size]);
      const areas = this.bins.map((bin) => (bin.bottom - bin.top) * (bin.right - bin.left));
      return tf.reshape(tf.div(this.state, tf.tensor2d(areas, [areas.length, 1])), [1, this.state.size]);
    });
  }

  /** Frees what is kept on the device. */
  dispose(): void {
    this.state.dispose();
  }

  private checkTile(channels: number, part: CellRect, height: number, width: number, region: CellRect): void {
    const { map } = this;
    const fail = (why: string): never => {
      const { top, left, bottom, right } = region;
      throw new AnysizeError('BadArgument', `tile [${[top, left, bottom, right].join(', ')}] ${why}`);
    };
    if (channels !== map.channels) fail(`has ${channels} channels, the map ${map.channels}`);
    if (!Object.values(region).every(Number.isInteger)) fail('is not of whole cells');
    if (part.bottom <= part.top || part.right <= part.left) fail('has no valid cell');
    if (part.top < 0 || part.left < 0 || part.bottom > height || part.right > width) {
      fail(`claims valid cells outside its own ${height}×${width}`);
    }
    if (region.top < 0 || region.left < 0 || region.bottom > map.height || region.right > map.width) {
      fail(`reaches outside the map of ${map.height}×${map.width} cells`);
    }
  }

  /** Marks cells as seen. A maximum may see a cell twice, a mean may not. */
  private cover({ top, left, bottom, right }: CellRect): void {
    const rowsOf = Array.from({ length: bottom - top }, (_, i) => (top + i) * this.map.width);
    if (this.isMean && rowsOf.some((row) => this.covered.subarray(row + left, row + right).includes(1))) {
      throw new AnysizeError(
        'BadArgument',
        `tile [${[top, left, bottom, right].join(', ')}] repeats cells, which a mean cannot undo`,
      );
    }
    for (const row of rowsOf) this.covered.fill(1, row + left, row + right);
  }
}

function intersection(a: CellRect, b: CellRect): CellRect | null {
  const top = Math.max(a.top, b.top);
  const left = Math.max(a.left, b.left);
  const bottom = Math.min(a.bottom, b.bottom);
  const right = Math.min(a.right, b.right);
  return top < bottom && left < right ? { top, left, bottom, right } : null;
}
