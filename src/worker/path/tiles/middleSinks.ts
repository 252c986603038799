import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { MIDDLE_CHANNELS } from '../../../core/recipe/recipe.ts';
import { RunningMoments } from '../../../core/recipe/runningMoments.ts';
import type { MapSize, TileSink } from './tileSinks.ts';
import type { Tile } from './tiles.ts';

/** Cells of the middle layer, whose stride is half the map's, under a tile's valid cells; its last row or column may be missing at the image's edge. */
function middleCells({ valid }: Tile, { shape: [height, width] }: tf.Tensor3D) {
  return {
    top: 2 * valid.top,
    left: 2 * valid.left,
    bottom: Math.min(2 * valid.bottom, height),
    right: Math.min(2 * valid.right, width),
  };
}

/** A tensor's values where they stand in WASM's memory, until the next tensor is made; null on other backends, where they have to be read. */
function inPlace({ dataId, shape, dtype }: tf.Tensor): Float32Array | null {
  if (tf.getBackend() !== 'wasm') return null;
  const values = (tf.backend() as BackendWasm).typedArrayFromHeap({ dataId, shape, dtype });
  return values instanceof Float32Array ? values : null;
}

/** Mean and deviation of each channel of the middle layer over the whole image. */
export class MomentsSink implements TileSink {
  readonly ofMiddle = true;
  private readonly running = new RunningMoments(MIDDLE_CHANNELS);

  async add(_: tf.Tensor3D, tile: Tile, middle: tf.Tensor3D | null): Promise<void> {
    if (!middle) throw new Error('a tile came without its middle layer');
    const [height, width] = middle.shape;
    const data = inPlace(middle) ?? (await middle.data<'float32'>());
    this.running.add({ data, height, width }, middleCells(tile, middle));
  }

  /** Means, then deviations: [1152]. */
  result(): Float32Array {
    return this.running.meanAndDeviation();
  }

  dispose(): void {}
}

/** Weights of the middle layer's channels: Σ_c linear[c]·A[c] + square[c]·A[c]². */
export interface MiddleRow {
  linear: Float32Array;
  square: Float32Array;
}

/** For each row a map [height·width] in the cells of the last layer: what the row gives in the up to four middle cells of each, together. */
export class MiddleProjectionSink implements TileSink {
  readonly ofMiddle = true;
  readonly maps: Float32Array[];

  constructor(
    private readonly size: MapSize,
    private readonly rows: readonly MiddleRow[],
  ) {
    this.maps = rows.map(() => new Float32Array(size.height * size.width));
  }

  async add(_: tf.Tensor3D, tile: Tile, middle: tf.Tensor3D | null): Promise<void> {
    if (!middle) throw new Error('a tile came without its middle layer');
    const all = tf.tidy(() => {
      const cells = tf.reshape<tf.Rank.R2>(middle, [-1, MIDDLE_CHANNELS]);
      const weights = (name: keyof MiddleRow) =>
        tf.concat(this.rows.map((row) => tf.tensor2d(row[name], [1, MIDDLE_CHANNELS])));
      return tf.add(
        tf.matMul(weights('linear'), cells, false, true),
        tf.matMul(weights('square'), tf.square(cells), false, true),
      );
    });
    try {
      const values = await all.data<'float32'>();
      const { top, left, bottom, right } = middleCells(tile, middle);
      const [height, width] = middle.shape;
      this.maps.forEach((target, k) => {
        for (let y = top; y < bottom; y++) {
          for (let x = left; x < right; x++) {
            const cell = (tile.origin.top + (y >> 1)) * this.size.width + tile.origin.left + (x >> 1);
            target[cell]! += values[(k * height + y) * width + x]!;
          }
        }
      });
    } finally {
      all.dispose();
    }
  }

  dispose(): void {}
}
