import type { Arena } from './simd/arena.ts';
import { throwIfCancelled } from '../cancelled.ts';
import { yieldNow } from '../yieldNow.ts';

/** Inner products of normalised vectors: all that SGD and the exact solver need of them. */
export interface Gram {
  /** N, the training rows. */
  count: number;
  /** [N, N]: x_i·x_j. */
  train: Float32Array;
  /** [N_val, N]: x_val·x_j; null without validation. */
  validation: Float32Array | null;
}

/** Normalised rows at hand, and how long each is with its padding. */
export interface GramInput {
  arena: Arena;
  padded: number;
  train: { count: number; places: Int32Array };
  validation: { count: number; places: Int32Array } | null;
}

export type GramProgress = (done: number, total: number) => void;

/** Rows of the result computed between two yields. */
const BLOCK = 32;

/**
 * K = X·Xᵀ of the training rows and X_val·Xᵀ, in float32 with panel-wise sums. N²·D/2 + N_val·N·D products.
 * @throws AnysizeError `Cancelled`
 */
export async function computeGram(set: GramInput, onProgress?: GramProgress, signal?: AbortSignal): Promise<Gram> {
  const { train, validation, arena, padded } = set;
  const n = train.count;
  const gram = new Float32Array(n * n);
  const across = validation ? new Float32Array(validation.count * n) : null;
  const total = (n * (n + 1)) / 2 + (across?.length ?? 0);
  let done = 0;
  for (let start = 0; start < n; start += BLOCK) {
    const end = Math.min(n, start + BLOCK);
    arena.dots(
      train.places.subarray(start, end),
      train.places.subarray(0, end),
      padded,
      gram.subarray(start * n, end * n),
      n,
    );
    for (let i = start; i < end; i++) for (let j = 0; j < i; j++) gram[j * n + i] = gram[i * n + j]!;
    done += ((end - start) * (start + end + 1)) / 2;
    onProgress?.(done, total);
    await yieldNow();
    throwIfCancelled(signal);
  }
  const rows = validation?.places ?? new Int32Array(0);
  for (let start = 0; start < rows.length; start += BLOCK) {
    const end = Math.min(rows.length, start + BLOCK);
    arena.dots(rows.subarray(start, end), train.places, padded, across!.subarray(start * n, end * n), n);
    done += (end - start) * n;
    onProgress?.(done, total);
    await yieldNow();
    throwIfCancelled(signal);
  }
  return { count: n, train: gram, validation: across };
}
