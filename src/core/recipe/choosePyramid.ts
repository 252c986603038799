import { AnysizeError } from '../errors.ts';
import { Slices } from '../yieldNow.ts';
import { Arena } from '../training/simd/arena.ts';
import { bestLeaveOneOut, leaveOneOut, type LeaveOneOutPoint } from './leaveOneOut.ts';
import {
  BLOCK_LENGTHS,
  type BlockName,
  blockWeights,
  PYRAMID_CANDIDATES,
  type PyramidWeights,
  type WhitenedPhoto,
} from './recipe.ts';

/** A candidate's showing on the training photos. */
export interface PyramidCandidate {
  weights: PyramidWeights;
  /** Every λ tried. */
  curve: LeaveOneOutPoint[];
  /** The λ with the least error. */
  best: LeaveOneOutPoint;
}

export interface PyramidChoice {
  /** Index into `candidates` of the one with the least error; among equals the weaker pyramid. */
  chosen: number;
  candidates: PyramidCandidate[];
  /** Photos that it was chosen on. */
  photos: number;
}

/** Inner products [N, N] of each block: any candidate's kernel is a sum of them. */
export type BlockKernels = Record<BlockName, Float32Array>;

const BLOCKS: readonly BlockName[] = ['whole', 'middle', 'two', 'four'];
/** Rows of the result computed between two looks at the clock. */
const ROWS = 16;
/** Leaving one out takes N³ steps: beyond so many photos the choice is made on an even sample of them. */
export const MOST_CHOOSING = 600;

/** Inner products of each block between all photos. @throws AnysizeError `Cancelled` */
export async function blockKernels(
  photos: readonly WhitenedPhoto[],
  onProgress: (fraction: number) => void = () => {},
  signal?: AbortSignal,
): Promise<BlockKernels> {
  const n = photos.length;
  const stride = BLOCKS.reduce((sum, name) => sum + BLOCK_LENGTHS[name], 0) + 16;
  const arena = await Arena.create(n * stride);
  const slices = new Slices(signal);
  const places = Int32Array.from(photos, () => arena.allocate(stride));
  photos.forEach((photo, i) => {
    let at = places[i]!;
    for (const name of BLOCKS) {
      arena.floats.set(photo[name], at);
      at += BLOCK_LENGTHS[name];
    }
  });
  const kernels = {} as BlockKernels;
  let start = 0;
  let done = 0;
  for (const name of BLOCKS) {
    const kernel = new Float32Array(n * n);
    const rows = places.map((place) => place + start);
    for (let first = 0; first < n; first += ROWS) {
      const end = Math.min(n, first + ROWS);
      arena.dots(rows.subarray(first, end), rows.subarray(0, end), BLOCK_LENGTHS[name], kernel.subarray(first * n), n);
      for (let i = first; i < end; i++) for (let j = 0; j < i; j++) kernel[j * n + i] = kernel[i * n + j]!;
      if (!slices.over) continue;
      onProgress((done + BLOCK_LENGTHS[name] * (end / n) ** 2) / stride);
      await slices.next();
    }
    done += BLOCK_LENGTHS[name];
    start += BLOCK_LENGTHS[name];
    kernels[name] = kernel;
  }
  return kernels;
}

/** A candidate's kernel, of the shape of the blocks': Σ weight·block. */
export function kernelOf(kernels: BlockKernels, pyramid: PyramidWeights): Float64Array {
  const weights = blockWeights(pyramid);
  const out = new Float64Array(kernels.whole.length);
  for (const name of BLOCKS) {
    const [kernel, weight] = [kernels[name], weights[name]];
    if (weight > 0) for (let at = 0; at < out.length; at++) out[at]! += weight * kernel[at]!;
  }
  return out;
}

/**
 * Chooses how strong the pyramid is by the exact leave-one-out error of kernel ridge on the training photos. Beyond 600 photos an even sample
 * of every class decides.
 * @param photos one for each training photo, plain views only
 * @param labels class of each, 0…K−1
 * @throws AnysizeError `BadArgument` for fewer than two photos, `Cancelled`
 */
export async function choosePyramid(
  photos: readonly WhitenedPhoto[],
  labels: ArrayLike<number>,
  classes: number,
  onProgress: (fraction: number) => void = () => {},
  signal?: AbortSignal,
  candidates: readonly PyramidWeights[] = PYRAMID_CANDIDATES,
): Promise<PyramidChoice> {
  if (photos.length !== labels.length || photos.length < 2) {
    throw new AnysizeError('BadArgument', 'the pyramid is chosen on two photos or more, each with its class');
  }
  const sample = evenSample(labels, MOST_CHOOSING);
  const kernels = await blockKernels(
    sample.map((i) => photos[i]!),
    (fraction) => onProgress(fraction / (1 + candidates.length)),
    signal,
  );
  return chooseOnKernels(
    kernels,
    sample.map((i) => labels[i]!),
    classes,
    (fraction) => onProgress((1 + fraction * candidates.length) / (1 + candidates.length)),
    signal,
    candidates,
  );
}

/** {@link choosePyramid} where the products are at hand. */
export async function chooseOnKernels(
  kernels: BlockKernels,
  labels: ArrayLike<number>,
  classes: number,
  onProgress: (fraction: number) => void = () => {},
  signal?: AbortSignal,
  candidates: readonly PyramidWeights[] = PYRAMID_CANDIDATES,
): Promise<PyramidChoice> {
  const shown: PyramidCandidate[] = [];
  for (const weights of candidates) {
    const curve = await leaveOneOut(kernelOf(kernels, weights), labels, classes, undefined, signal);
    shown.push({ weights, curve, best: bestLeaveOneOut(curve) });
    onProgress(shown.length / candidates.length);
  }
  const chosen = shown.reduce((best, { best: { error } }, i) => (error < shown[best]!.best.error ? i : best), 0);
  return { chosen, candidates: shown, photos: labels.length };
}

/** The products of some rows with some columns of kernels [N, N]. */
export function partOfKernels(
  kernels: BlockKernels,
  n: number,
  rows: readonly number[],
  columns: readonly number[],
): BlockKernels {
  const part = (kernel: Float32Array) => {
    const out = new Float32Array(rows.length * columns.length);
    let at = 0;
    for (const row of rows) for (const column of columns) out[at++] = kernel[row * n + column]!;
    return out;
  };
  const { whole, middle, two, four } = kernels;
  return { whole: part(whole), middle: part(middle), two: part(two), four: part(four) };
}

/** Indices of at most `most` photos, every class thinned alike, in order. */
function evenSample(labels: ArrayLike<number>, most: number): number[] {
  const seen = new Map<number, number>();
  const share = Math.min(1, most / labels.length);
  return Array.from({ length: labels.length }, (_, i) => i).filter((i) => {
    const before = seen.get(labels[i]!) ?? 0;
    seen.set(labels[i]!, before + 1);
    return Math.ceil((before + 1) * share) > Math.ceil(before * share);
  });
}
