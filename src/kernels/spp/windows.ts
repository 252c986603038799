import type * as tf from '@tensorflow/tfjs-core';
import { AnysizeError } from '../../core/errors.ts';
import { WINDOW_ROW } from './attributes.ts';

/** Rows of [top, left, bottom, right] in cells of the map, half-open. */
export type Windows = readonly (readonly number[])[] | tf.Tensor2D;

// Reading a tensor back from the GPU blocks, and tensors never change: each is read once.
const read = new WeakMap<object, ArrayLike<number>>();

function tensorRows(windows: tf.Tensor2D): ArrayLike<number> {
  if (windows.rank !== 2 || windows.shape[1] !== WINDOW_ROW) {
    throw new AnysizeError(
      'BadArgument',
      `windows are rows of [top, left, bottom, right]; got the shape [${windows.shape.join(', ')}]`,
    );
  }
  const known = read.get(windows.dataId);
  if (known) return known;
  const values = windows.dataSync();
  read.set(windows.dataId, values);
  return values;
}

function listRows(windows: readonly (readonly number[])[]): number[] {
  const bad = windows.findIndex((row) => row.length !== WINDOW_ROW);
  if (bad >= 0) {
    throw new AnysizeError(
      'BadArgument',
      `window ${bad} is no row of [top, left, bottom, right]: [${windows[bad]?.join(', ')}]`,
    );
  }
  return windows.flat();
}

function isTensor(windows: Windows): windows is tf.Tensor2D {
  return 'dataId' in windows;
}

/**
 * The windows as checked integers, row after row; the whole map where none are given.
 * @throws AnysizeError `BadArgument` for a window that is not of whole cells, is empty, or reaches outside the map
 */
export function windowRows(windows: Windows | undefined, height: number, width: number): Int32Array {
  if (windows === undefined) return Int32Array.of(0, 0, height, width);
  const values = isTensor(windows) ? tensorRows(windows) : listRows(windows);
  for (let at = 0; at < values.length; at += WINDOW_ROW) {
    const row = [values[at], values[at + 1], values[at + 2], values[at + 3]] as [number, number, number, number];
    const [top, left, bottom, right] = row;
    const fail = (why: string): never => {
      throw new AnysizeError('BadArgument', `window ${at / WINDOW_ROW} [${row.join(', ')}] ${why}`);
    };
    if (!row.every(Number.isInteger)) fail('is not of whole cells');
    if (bottom <= top || right <= left) fail('is empty (rows are [top, left, bottom, right], half-open)');
    if (top < 0 || left < 0 || bottom > height || right > width)
      fail(`reaches outside the map of ${height}×${width} cells`);
  }
  return Int32Array.from(values);
}
