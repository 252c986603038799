/**
 * The op on arrays in the WASM heap: channels innermost, so that every pass walks memory in order, and levels taken from
 * finer ones where bins nest. Same answers as reference.ts.
 */
import { levelOffsets, pyramidBins, type Bin } from '../../core/pyramid/geometry.ts';
import { windowAt, windowCount, type MapShape, type SppAttributes } from './attributes.ts';
import { levelSources } from './plan.ts';
import type { PoolKernels } from './simd/poolKernels.ts';

/** Floats of a SIMD vector, and those that a mean advances at a time. */
const LANES = 4;
const MEAN_LANES = 8;

/** A bin and, where its level nests in a finer one, the bins (of the same window) it is the union of. */
interface Step {
  window: number;
  bin: Bin;
  parts: number[] | null;
}

/** All bins of all windows, each after the bins it is taken from. */
function steps(attributes: SppAttributes): Step[] {
  const { windows, levels, rule } = attributes;
  const sources = levelSources(attributes);
  const first = levelOffsets(levels);
  const partsOf = (bin: Bin): number[] | null => {
    const source = sources[bin.level] as number;
    if (source < 0) return null;
    const fine = levels[source] as number;
    const ratio = fine / (levels[bin.level] as number);
    const corner = (first[source] as number) + bin.row * ratio * fine + bin.column * ratio;
    return Array.from({ length: ratio * ratio }, (_, i) => corner + Math.floor(i / ratio) * fine + (i % ratio));
  };
  const all: Step[] = [];
  for (let window = 0; window < windowCount(attributes); window++) {
    const ofWindow = pyramidBins(windowAt(windows, window), levels, rule).map((bin) => ({
      window,
      bin,
      parts: partsOf(bin),
    }));
    all.push(...ofWindow.filter((step) => step.parts === null), ...ofWindow.filter((step) => step.parts !== null));
  }
  return all;
}

/** Where a value of the heap stands, in bytes. */
const address = (array: Float32Array, index: number) => array.byteOffset + 4 * index;

/** Raises `out[at…]` to the values of `from[start…]` where those are larger, or NaN. */
function raise(out: Float32Array, at: number, from: Float32Array, start: number, channels: number): void {
  for (let c = 0; c < channels; c++) {
    const value = from[start + c] as number;
    if (value > (out[at + c] as number) || Number.isNaN(value)) out[at + c] = value;
  }
}

function poolMaximum(
  map: Float32Array,
  [height, width, channels]: MapShape,
  attributes: SppAttributes,
  out: Float32Array,
  kernels: PoolKernels | null,
): void {
  const bins = levelOffsets(attributes.levels).at(-1) as number;
  const simd = channels % LANES === 0 ? kernels : null;
  /** Where the maximum of a rectangle stands already: windows of one map share many bins. */
  const found = new Map<number, number>();
  for (const { window, bin, parts } of steps(attributes)) {
    const at = (window * bins + bin.index) * channels;
    if (parts) {
      const start = (window * bins + (parts[0] as number)) * channels;
      out.copyWithin(at, start, start + channels);
      for (const part of parts.slice(1)) {
        const from = (window * bins + part) * channels;
        if (simd) simd.raise(address(out, at), address(out, from), 4 * channels);
        else raise(out, at, out, from, channels);
      }
      continue;
    }
    const { top, left, bottom, right } = bin;
    const rectangle = ((top * width + left) * (height + 1) + bottom) * (width + 1) + right;
    const same = found.get(rectangle);
    if (same !== undefined) {
      out.copyWithin(at, same, same + channels);
      continue;
    }
    found.set(rectangle, at);
    const start = (top * width + left) * channels;
    if (simd) {
      const stride = 4 * width * channels;
      simd.bin(address(out, at), address(map, start), 4 * channels, right - left, bottom - top, stride);
      continue;
    }
    out.set(map.subarray(start, start + channels), at);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) raise(out, at, map, (y * width + x) * channels, channels);
    }
  }
}

function poolMean(
  map: Float32Array,
  [, width, channels]: MapShape,
  attributes: SppAttributes,
  out: Float32Array,
  kernels: PoolKernels | null,
): void {
  const bins = levelOffsets(attributes.levels).at(-1) as number;
  const simd = channels % MEAN_LANES === 0 ? kernels : null;
  const sums = new Float64Array(channels);
  for (const { window, bin } of steps(attributes)) {
    const at = (window * bins + bin.index) * channels;
    if (simd) {
      const [from, across, down] = [
        (bin.top * width + bin.left) * channels,
        bin.right - bin.left,
        bin.bottom - bin.top,
      ];
      simd.mean(address(out, at), address(map, from), 4 * channels, across, down, 4 * width * channels);
      continue;
    }
    sums.fill(0);
    for (let y = bin.top; y < bin.bottom; y++) {
      for (let x = bin.left; x < bin.right; x++) {
        const start = (y * width + x) * channels;
        for (let c = 0; c < channels; c++) sums[c]! += map[start + c] as number;
      }
    }
    const cells = (bin.bottom - bin.top) * (bin.right - bin.left);
    for (let c = 0; c < channels; c++) out[at + c] = (sums[c] as number) / cells;
  }
}

/**
 * Writes the maximum or mean of each bin to `out`, [windows, bins·channels].
 * @param kernels on the memory that holds `map` and `out`, where there are any
 */
export function poolOnHeap(
  map: Float32Array,
  shape: MapShape,
  attributes: SppAttributes,
  out: Float32Array,
  kernels: PoolKernels | null = null,
): void {
  if (attributes.pooling === 'max') poolMaximum(map, shape, attributes, out, kernels);
  else poolMean(map, shape, attributes, out, kernels);
}

/** Writes the flat cell index of each bin's first maximum to `out`, [windows, bins·channels]. */
export function argmaxOnHeap(
  map: Float32Array,
  [, width, channels]: MapShape,
  attributes: SppAttributes,
  out: Int32Array,
): void {
  const bins = levelOffsets(attributes.levels).at(-1) as number;
  const best = new Float32Array(channels);
  for (const { window, bin, parts } of steps(attributes)) {
    const at = (window * bins + bin.index) * channels;
    if (parts) {
      for (let c = 0; c < channels; c++) {
        let winner = -1;
        let highest = 0;
        for (const part of parts) {
          const cell = out[(window * bins + part) * channels + c] as number;
          const value = map[cell * channels + c] as number;
          const beats = value > highest || (Number.isNaN(value) && !Number.isNaN(highest));
          const ties = value === highest || (Number.isNaN(value) && Number.isNaN(highest));
          if (winner < 0 || beats || (ties && cell < winner)) {
            winner = cell;
            highest = value;
          }
        }
        out[at + c] = winner;
      }
      continue;
    }
    const corner = bin.top * width + bin.left;
    best.set(map.subarray(corner * channels, (corner + 1) * channels));
    out.fill(corner, at, at + channels);
    for (let y = bin.top; y < bin.bottom; y++) {
      for (let x = bin.left; x < bin.right; x++) {
        const cell = y * width + x;
        for (let c = 0; c < channels; c++) {
          const value = map[cell * channels + c] as number;
          const highest = best[c] as number;
          if (value > highest || (Number.isNaN(value) && !Number.isNaN(highest))) {
            best[c] = value;
            out[at + c] = cell;
          }
        }
      }
    }
  }
}

/** Writes the gradient with respect to the map to `dx`, [height, width, channels], from `dy`, [windows, bins·channels]. */
export function gradientOnHeap(
  dy: Float32Array,
  map: Float32Array,
  shape: MapShape,
  attributes: SppAttributes,
  dx: Float32Array,
): void {
  const [, width, channels] = shape;
  dx.fill(0);
  if (attributes.pooling === 'max') {
    const argmax = new Int32Array(dy.length);
    argmaxOnHeap(map, shape, attributes, argmax);
    for (let i = 0; i < dy.length; i++) dx[(argmax[i] as number) * channels + (i % channels)]! += dy[i] as number;
    return;
  }
  const bins = levelOffsets(attributes.levels).at(-1) as number;
  for (const { window, bin } of steps(attributes)) {
    const at = (window * bins + bin.index) * channels;
    const cells = (bin.bottom - bin.top) * (bin.right - bin.left);
    for (let y = bin.top; y < bin.bottom; y++) {
      for (let x = bin.left; x < bin.right; x++) {
        const start = (y * width + x) * channels;
        for (let c = 0; c < channels; c++) dx[start + c]! += Math.fround((dy[at + c] as number) / cells);
      }
    }
  }
}
