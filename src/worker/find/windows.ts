import * as tf from '@tensorflow/tfjs-core';
import type { Box } from '../../core/find/boxes.ts';
import type { WindowScore } from '../../core/find/model.ts';
import { partEnds, STRIDES, type WindowPooling } from '../../core/find/finderMaps.ts';
import type { FinderMap } from '../../core/find/settings.ts';
import { type CellRect, windowCells } from '../../core/find/windowCells.ts';
import { float16ToFloat32 } from '../../core/float16.ts';
import { spp } from '../../kernels/spp/spp.ts';
import type { Session } from '../session/session.ts';
import type { PhotoMaps } from './bothMaps.ts';

/** Pooled values that are on the backend at once, in bytes: within what a GPU binds by default. */
const MOST_BYTES = 120 * 2 ** 20;
/** The same on WASM, where each portion is to stay in the processor's cache while its lengths are taken. */
const MOST_WASM_BYTES = 12 * 2 ** 20;

/** Boxes as windows of the maps, those that share their cells on all of them once. */
export interface PlacedWindows {
  /** Per map, rows of [top, left, bottom, right]. */
  rows: number[][][];
  /** Which window each box is. */
  windowOf: Int32Array;
}

/** Cells of one box on one map. */
export function cellsOf(box: Box, { photo, input }: PhotoMaps, map: FinderMap): CellRect {
  return windowCells(box, photo, input, STRIDES[map]);
}

export function placeWindows(boxes: readonly Box[], photo: PhotoMaps, maps: readonly FinderMap[]): PlacedWindows {
  const known = new Map<string, number>();
  const rows: number[][][] = maps.map(() => []);
  const windowOf = Int32Array.from(boxes, (box) => {
    const cells = maps.map((map) => {
      const { top, left, bottom, right } = cellsOf(box, photo, map);
      return [top, left, bottom, right];
    });
    const key = cells.join();
    const index = known.get(key) ?? known.size;
    if (index === known.size) {
      known.set(key, index);
      cells.forEach((row, map) => rows[map]?.push(row));
    }
    return index;
  });
  return { rows, windowOf };
}

/** Maps on the backend; to be called within `tf.tidy`, as {@link pooled}. */
function mapTensors(photo: PhotoMaps, maps: readonly FinderMap[]): tf.Tensor3D[] {
  return maps.map((name) => {
    const { data, height, width, channels } = photo[name];
    return tf.tensor3d(float16ToFloat32(data), [height, width, channels]);
  });
}

/** Pooled values of windows on each map, [windows, bins·channels]. */
function pooled(
  maps: readonly tf.Tensor3D[],
  windows: readonly number[][][],
  { levels }: WindowPooling,
): tf.Tensor2D[] {
  return maps.map((tensor, map) =>
    spp(tensor, { levels, rule: 'adaptive', pooling: 'max', windows: windows[map] ?? [] }),
  );
}

/** Raw vectors [D] of boxes, one each: the maps' parts one after another. */
export async function windowVectors(
  session: Session,
  photo: PhotoMaps,
  boxes: readonly Box[],
  pooling: WindowPooling,
): Promise<Float32Array[]> {
  const { rows, windowOf } = placeWindows(boxes, photo, pooling.maps);
  const ends = partEnds(pooling);
  const size = ends.at(-1) ?? 0;
  const vectors: Float32Array[] = [];
  for (const part of chunks(rows, size, MOST_BYTES)) {
    const parts = await session.compute(async () => {
      const tensors = tf.tidy(() => pooled(mapTensors(photo, pooling.maps), part, pooling));
      try {
        return await Promise.all(tensors.map((tensor) => tensor.data<'float32'>()));
      } finally {
        tf.dispose(tensors);
      }
    });
    for (let i = 0; i < (part[0]?.length ?? 0); i++) {
      const vector = new Float32Array(size);
      let start = 0;
      for (const [map, end] of ends.entries()) {
        const length = end - start;
        const values = parts[map];
        if (values) vector.set(values.subarray(i * length, (i + 1) * length), start);
        start = end;
      }
      vectors.push(vector);
    }
  }
  return Array.from(windowOf, (window) => vectors[window] as Float32Array);
}

/**
 * Scores of boxes under linear models on the joined vector: each map's part of unit length, times the root of its share. Pooling and scores are
 * computed on the backend, one dispatch for all windows of a map; only scores are read back.
 * @returns one array per model, a score for each box
 */
export async function windowScores(
  session: Session,
  photo: PhotoMaps,
  boxes: readonly Box[],
  models: readonly WindowScore[],
  pooling: WindowPooling,
): Promise<Float32Array[]> {
  const { rows, windowOf } = placeWindows(boxes, photo, pooling.maps);
  const ends = partEnds(pooling);
  const weights = ends.map((end, map) => columns(models, ends[map - 1] ?? 0, end));
  const count = models.length;
  const scores = await session.compute(async (_, { name }) => {
    const most = name === 'webgpu' ? MOST_BYTES : MOST_WASM_BYTES;
    const result = tf.tidy(() => {
      const tensors = mapTensors(photo, pooling.maps);
      const matrices = weights.map((matrix) => tf.tensor2d(matrix, [matrix.length / count, count]));
      const portions = [...chunks(rows, ends.at(-1) ?? 0, most)].map((part) =>
        tf.tidy(() => {
          const parts = pooled(tensors, part, pooling).map((values, map) => {
            const norms = tf.maximum(tf.sqrt(tf.sum(tf.square(values), 1, true)), 1e-12);
            return tf.div<tf.Tensor2D>(tf.matMul(values, matrices[map] as tf.Tensor2D), norms);
          });
          return tf.mul<tf.Tensor2D>(tf.addN(parts), Math.sqrt(1 / parts.length));
        }),
      );
      return tf.concat(portions);
    });
    try {
      return await result.data<'float32'>();
    } finally {
      result.dispose();
    }
  });
  return models.map(({ bias }, model) =>
    Float32Array.from(windowOf, (window) => (scores[window * count + model] ?? 0) + bias),
  );
}

/** Parts of several models' weights as a matrix [end − start, models]. */
function columns(models: readonly WindowScore[], start: number, end: number): Float32Array {
  const matrix = new Float32Array((end - start) * models.length);
  models.forEach(({ weights }, model) => {
    for (let d = start; d < end; d++) matrix[(d - start) * models.length + model] = weights[d] as number;
  });
  return matrix;
}

/** Windows in portions whose pooled values fit on the backend. */
export function* chunks(rows: readonly number[][][], size: number, bytes: number): Generator<number[][][]> {
  const count = rows[0]?.length ?? 0;
  const most = Math.max(1, Math.floor(bytes / (4 * size)));
  for (let at = 0; at < count; at += most) yield rows.map((ofMap) => ofMap.slice(at, at + most));
}
