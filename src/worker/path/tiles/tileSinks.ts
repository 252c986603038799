import * as tf from '@tensorflow/tfjs-core';
import { RunningSpp } from '../../../kernels/spp/runningPool.ts';
import { spp, sppWithArgmax } from '../../../kernels/spp/spp.ts';
import { type CellRect, pyramidBins } from '../../../core/pyramid/geometry.ts';
import type { FeatureMap } from '../../../core/featureMap.ts';
import type { Pooled } from '../poolMap.ts';
import type { PyramidOptions } from '../../../core/model.ts';
import type { Tile } from './tiles.ts';

/** A whole map's size: [height, width, channels]. */
export interface MapSize {
  height: number;
  width: number;
  channels: number;
}

/** Takes the tiles of a feature map one after another and keeps only what it is for. Runs inside {@link Session.compute}. */
export interface TileSink {
  /** Whether the middle layer is wanted too. */
  readonly ofMiddle?: boolean;
  /**
   * @param map the tile's own map, [height, width, channels]; not disposed
   * @param middle the tile's own middle layer, [2·height, 2·width, 576] at most, where a sink is for it; not disposed
   */
  add(map: tf.Tensor3D, tile: Tile, middle: tf.Tensor3D | null): Promise<void>;
  /** Frees what is kept on the backend. */
  dispose(): void;
}

const ONE_BIN = { levels: [1], rule: 'adaptive' } as const;

function rowOf({ top, left, bottom, right }: CellRect): number[] {
  return [top, left, bottom, right];
}

/** The pooled vector, on the backend ({@link RunningSpp}). */
export class VectorSink implements TileSink {
  private running: RunningSpp | null = null;

  constructor(
    private readonly size: MapSize,
    private readonly options: PyramidOptions,
  ) {}

  async add(map: tf.Tensor3D, { origin, valid }: Tile): Promise<void> {
    this.running ??= new RunningSpp(this.size, this.options);
    this.running.add(map, origin, valid);
  }

  async result(): Promise<Pooled> {
    const output = this.running?.result();
    try {
      return { vector: ((await output?.data()) ?? new Float32Array()) as Float32Array, argmax: null };
    } finally {
      output?.dispose();
    }
  }

  dispose(): void {
    this.running?.dispose();
    this.running = null;
  }
}

/** Maxima and where they stand in the whole map: flat cell index, first in row-major order on ties. */
export class ArgmaxSink implements TileSink {
  private readonly bins: CellRect[];
  private readonly values: Float32Array;
  private readonly cells: Int32Array;

  constructor(
    private readonly size: MapSize,
    options: PyramidOptions,
  ) {
    const whole = { top: 0, left: 0, bottom: size.height, right: size.width };
    this.bins = pyramidBins(whole, options.levels, options.rule);
    this.values = new Float32Array(this.bins.length * size.channels).fill(-Infinity);
    this.cells = new Int32Array(this.values.length);
  }

  async add(map: tf.Tensor3D, { origin, valid }: Tile): Promise<void> {
    const met = this.bins.flatMap((bin, index) => {
      const top = Math.max(bin.top - origin.top, valid.top);
      const left = Math.max(bin.left - origin.left, valid.left);
      const bottom = Math.min(bin.bottom - origin.top, valid.bottom);
      const right = Math.min(bin.right - origin.left, valid.right);
      return top < bottom && left < right ? [{ index, window: [top, left, bottom, right] }] : [];
    });
    if (met.length === 0) return;
    const windows = met.map(({ window }) => window);
    const pooled = sppWithArgmax(map, { ...ONE_BIN, pooling: 'max', windows });
    try {
      const [values, cells] = await Promise.all([pooled.values.data(), pooled.argmax.data()]);
      met.forEach(({ index }, row) => this.merge(index, row, values, cells, map.shape[1], origin));
    } finally {
      tf.dispose([pooled.values, pooled.argmax]);
    }
  }

  result(): Pooled {
    return { vector: this.values, argmax: this.cells };
  }

  dispose(): void {}

  private merge(
    bin: number,
    row: number,
    values: ArrayLike<number>,
    cells: ArrayLike<number>,
    tileWidth: number,
    origin: Tile['origin'],
  ): void {
    const { channels, width } = this.size;
    for (let c = 0; c < channels; c++) {
      const value = values[row * channels + c]!;
      const local = cells[row * channels + c]!;
      const cell = (origin.top + Math.floor(local / tileWidth)) * width + origin.left + (local % tileWidth);
      const at = bin * channels + c;
      const best = this.values[at]!;
      if (value > best || (value === best && cell < this.cells[at]!)) {
        this.values[at] = value;
        this.cells[at] = cell;
      }
    }
  }
}

/** The mean over all cells, summed in double precision over tiles. Reading it back also keeps one tile at a time on a GPU. */
export class MeanSink implements TileSink {
  private readonly sums: Float64Array;

  constructor(private readonly size: MapSize) {
    this.sums = new Float64Array(size.channels);
  }

  async add(map: tf.Tensor3D, { valid }: Tile): Promise<void> {
    const share = (valid.bottom - valid.top) * (valid.right - valid.left);
    const mean = spp(map, { ...ONE_BIN, pooling: 'mean', windows: [rowOf(valid)] });
    try {
      (await mean.data<'float32'>()).forEach((value, c) => (this.sums[c]! += value * share));
    } finally {
      mean.dispose();
    }
  }

  result(): Float32Array {
    return Float32Array.from(this.sums, (sum) => sum / (this.size.height * this.size.width));
  }

  dispose(): void {}
}

/** For each row of weights [channels] a map [height·width] of Σ_c weight[c]·A[cell,c]. */
export class ProjectionSink implements TileSink {
  readonly maps: Float32Array[];

  constructor(
    private readonly size: MapSize,
    private readonly rows: readonly Float32Array[],
  ) {
    this.maps = rows.map(() => new Float32Array(size.height * size.width));
  }

  async add(map: tf.Tensor3D, tile: Tile): Promise<void> {
    const { channels } = this.size;
    const all = tf.tidy(() => {
      const weights = tf.concat(this.rows.map((row) => tf.tensor2d(row, [1, channels])));
      return tf.matMul(weights, tf.reshape<tf.Rank.R2>(cut(map, tile), [-1, channels]), false, true);
    });
    try {
      const values = await all.data<'float32'>();
      const { height, width } = sizeOf(tile);
      this.maps.forEach((target, k) =>
        copyRows(values.subarray(k * height * width, (k + 1) * height * width), tile, target, this.size.width, 1),
      );
    } finally {
      all.dispose();
    }
  }

  dispose(): void {}
}

/** The whole map, for views that need it. */
export class WholeSink implements TileSink {
  private data: Float32Array | null = null;

  constructor(private readonly size: MapSize) {}

  async add(map: tf.Tensor3D, tile: Tile): Promise<void> {
    const part = tf.tidy(() => cut(map, tile));
    try {
      const values = await part.data<'float32'>();
      // All of it in one piece: no one else has these values.
      if (values.length === this.length) this.data = values;
      else copyRows(values, tile, (this.data ??= new Float32Array(this.length)), this.size.width, this.size.channels);
    } finally {
      part.dispose();
    }
  }

  result(): FeatureMap {
    return { ...this.size, data: this.data ?? new Float32Array(this.length) };
  }

  private get length(): number {
    return this.size.height * this.size.width * this.size.channels;
  }

  dispose(): void {}
}

function sizeOf({ valid }: Tile): { height: number; width: number } {
  return { height: valid.bottom - valid.top, width: valid.right - valid.left };
}

function cut(map: tf.Tensor3D, tile: Tile): tf.Tensor3D {
  const { height, width } = sizeOf(tile);
  if (height === map.shape[0] && width === map.shape[1]) return map.clone();
  return tf.slice3d(map, [tile.valid.top, tile.valid.left, 0], [height, width, map.shape[2]]);
}

/** Copies a tile's valid cells to their place in the whole map. */
function copyRows(values: Float32Array, tile: Tile, target: Float32Array, targetWidth: number, perCell: number): void {
  const { height, width } = sizeOf(tile);
  const top = tile.origin.top + tile.valid.top;
  const left = tile.origin.left + tile.valid.left;
  for (let y = 0; y < height; y++) {
    const row = values.subarray(y * width * perCell, (y + 1) * width * perCell);
    target.set(row, ((top + y) * targetWidth + left) * perCell);
  }
}
