import { AnysizeError } from '../errors.ts';
import type { Normalisation } from '../model.ts';

/** ARCHITECTURE.md's default: L2 over the whole vector, then centre. */
export const DEFAULT_NORMALISATION: Normalisation = { sqrt: false, l2: 'vector', centre: true };

/** A normalisation with what it learned from the training vectors. */
export interface Normaliser {
  normalisation: Normalisation;
  /** Length of each level's part of the vector (n²·channels), in pyramid order; they sum to D. */
  levelLengths: readonly number[];
  /** What each level's part is multiplied by first; absent: 1. */
  factors?: readonly number[] | undefined;
  /** Mean [D] of the training vectors after √ and L2; null without centring. */
  mean: Float32Array | null;
  /** Root mean square norm of the centred training vectors; 1 without centring. */
  scale: number;
}

/** Length of each level's part of a vector: n²·channels. */
export function levelLengths(levels: readonly number[], channels: number): number[] {
  return levels.map((n) => n * n * channels);
}

/**
 * Normalises one raw vector: √ (sign kept), then L2 over the vector or each level (a zero part stays zero), then
 * (x − mean) / scale.
 * @param raw [D]
 * @param out receives [D] from `offset` on; may be `raw` itself
 */
export function normaliseInto(out: Float32Array, offset: number, raw: ArrayLike<number>, normaliser: Normaliser): void {
  rootAndLength(out, offset, raw, normaliser);
  const { mean, scale } = normaliser;
  if (!mean) return;
  const factor = 1 / scale;
  for (let d = 0; d < mean.length; d++) out[offset + d] = (out[offset + d]! - mean[d]!) * factor;
}

/** {@link normaliseInto} into a new array. */
export function normalise(raw: ArrayLike<number>, normaliser: Normaliser): Float32Array {
  const out = new Float32Array(raw.length);
  normaliseInto(out, 0, raw, normaliser);
  return out;
}

/** √ and L2, without centring. */
function rootAndLength(
  out: Float32Array,
  offset: number,
  raw: ArrayLike<number>,
  { normalisation, levelLengths, factors }: Normaliser,
): void {
  const { sqrt, l2 } = normalisation;
  for (let part = 0, d = 0; part < levelLengths.length; part++) {
    const factor = factors?.[part] ?? 1;
    for (const end = d + levelLengths[part]!; d < end; d++) out[offset + d] = factor * raw[d]!;
  }
  if (sqrt) {
    for (let d = offset; d < offset + raw.length; d++) out[d] = Math.sign(out[d]!) * Math.sqrt(Math.abs(out[d]!));
  }
  let start = offset;
  for (const length of l2 === 'none' ? [] : l2 === 'vector' ? [raw.length] : levelLengths) {
    let squares = 0;
    for (let d = start; d < start + length; d++) squares += out[d]! * out[d]!;
    const factor = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let d = start; d < start + length; d++) out[d]! *= factor;
    start += length;
  }
}

/**
 * Learns a normalisation from training vectors: the mean of the vectors after √ and L2, and the root mean square of the
 * norms of what is left when it is subtracted.
 * @param vectors raw training vectors, N of [D]
 * @throws AnysizeError `BadArgument` without vectors, or when lengths do not agree
 */
export function fitNormaliser(
  vectors: readonly ArrayLike<number>[],
  normalisation: Normalisation,
  levelLengths: readonly number[],
  factors?: readonly number[],
): Normaliser {
  const length = vectors[0]?.length;
  if (length === undefined)
    throw new AnysizeError('BadArgument', 'there is nothing to train on: no training photo has a vector');
  const total = levelLengths.reduce((sum, part) => sum + part, 0);
  const odd = vectors.find((vector) => vector.length !== total);
  if (odd) throw new AnysizeError('BadArgument', `a vector has ${odd.length} numbers where the pyramid gives ${total}`);
  const plain: Normaliser = { normalisation, levelLengths, factors, mean: null, scale: 1 };
  if (!normalisation.centre) return plain;

  const sum = new Float64Array(length);
  const unit = new Float32Array(length);
  let squares = 0;
  for (const vector of vectors) {
    rootAndLength(unit, 0, vector, plain);
    for (let d = 0; d < length; d++) {
      sum[d]! += unit[d]!;
      squares += unit[d]! * unit[d]!;
    }
  }
  const mean = new Float32Array(length);
  let meanSquares = 0;
  for (let d = 0; d < length; d++) {
    mean[d] = sum[d]! / vectors.length;
    meanSquares += (sum[d]! / vectors.length) ** 2;
  }
  // Mean of ‖x − mean‖² = mean of ‖x‖² − ‖mean‖². Equal vectors leave rounding only, which must not be blown up.
  const variance = squares / vectors.length - meanSquares;
  const scale = variance > 1e-10 * (squares / vectors.length) ? Math.sqrt(variance) : 1;
  return { normalisation, levelLengths, factors, mean, scale };
}
