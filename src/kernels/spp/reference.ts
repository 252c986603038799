/**
 * Spatial pyramid pooling, written to be read: the definition that every backend is held against. Maps are
 * [height, width, channels], answers [window][bin][channel]. NaN wins over every number, as in PyTorch and tfjs.
 */
import { pyramidBins, type Bin } from '../../core/pyramid/geometry.ts';
import { windowAt, windowCount, type MapShape, type SppAttributes } from './attributes.ts';

type Numbers = ArrayLike<number>;

/** Bins of all windows, in flatten order. */
function allBins(attributes: SppAttributes): Bin[] {
  const { windows, levels, rule } = attributes;
  return Array.from({ length: windowCount(attributes) }, (_, window) => {
    return pyramidBins(windowAt(windows, window), levels, rule);
  }).flat();
}

/** Flat indices of the cells of a bin, in row-major order. */
function cellsOf(bin: Bin, width: number): number[] {
  const cells: number[] = [];
  for (let y = bin.top; y < bin.bottom; y++) for (let x = bin.left; x < bin.right; x++) cells.push(y * width + x);
  return cells;
}

/** The first cell, in row-major order, that holds the maximum of channel `channel`. */
function firstMaximum(map: Numbers, cells: readonly number[], channels: number, channel: number): number {
  let best = cells[0] as number;
  for (const cell of cells) {
    const value = map[cell * channels + channel] as number;
    const highest = map[best * channels + channel] as number;
    if (value > highest || (Number.isNaN(value) && !Number.isNaN(highest))) best = cell;
  }
  return best;
}

/** Flat cell index y·width + x of each bin's maximum: int32 [windows, bins·channels]. */
export function argmaxReference(map: Numbers, shape: MapShape, attributes: SppAttributes): Int32Array {
  const [, width, channels] = shape;
  const bins = allBins(attributes);
  const out = new Int32Array(bins.length * channels);
  bins.forEach((bin, index) => {
    const cells = cellsOf(bin, width);
    for (let c = 0; c < channels; c++) out[index * channels + c] = firstMaximum(map, cells, channels, c);
  });
  return out;
}

/** Maximum or mean of each bin: [windows, bins·channels]. Means are summed in double precision. */
export function poolReference(map: Numbers, shape: MapShape, attributes: SppAttributes): Float32Array {
  const [, width, channels] = shape;
  if (attributes.pooling === 'max') {
    const argmax = argmaxReference(map, shape, attributes);
    return Float32Array.from(argmax, (cell, i) => map[cell * channels + (i % channels)] as number);
  }
  const bins = allBins(attributes);
  const out = new Float32Array(bins.length * channels);
  bins.forEach((bin, index) => {
    const cells = cellsOf(bin, width);
    for (let c = 0; c < channels; c++) {
      out[index * channels + c] =
        cells.reduce((sum, cell) => sum + (map[cell * channels + c] as number), 0) / cells.length;
    }
  });
  return out;
}

/**
 * Gradient of the pooled values with respect to the map: [height, width, channels]. `max` sends a bin's gradient to its
 * first maximum, `mean` spreads it equally; shares are added in flatten order, in single precision.
 * @param dy [windows, bins·channels]
 */
export function gradientReference(dy: Numbers, map: Numbers, shape: MapShape, attributes: SppAttributes): Float32Array {
  const [height, width, channels] = shape;
  const dx = new Float32Array(height * width * channels);
  if (attributes.pooling === 'max') {
    argmaxReference(map, shape, attributes).forEach((cell, i) => {
      dx[cell * channels + (i % channels)]! += dy[i] as number;
    });
    return dx;
  }
  allBins(attributes).forEach((bin, index) => {
    const cells = cellsOf(bin, width);
    for (const cell of cells) {
      for (let c = 0; c < channels; c++) {
        dx[cell * channels + c]! += Math.fround((dy[index * channels + c] as number) / cells.length);
      }
    }
  });
  return dx;
}
