import type { RgbImage } from './rgbImage.ts';

/** Where each pixel of the result comes from: source coordinates in pixels, pixel centres at whole numbers. */
export interface SourceMap {
  x: Float32Array;
  y: Float32Array;
}

/** Mirror image left to right. */
export function horizontalFlip({ data, width, height }: RgbImage): RgbImage {
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + width - 1 - x) * 3;
      out.set(data.subarray(from, from + 3), (y * width + x) * 3);
    }
  }
  return { data: out, width, height };
}

/** Quarter turns counter-clockwise, as `numpy.rot90`. */
export function rotate90(image: RgbImage, turns: number): RgbImage {
  let out = image;
  for (let turn = 0; turn < ((turns % 4) + 4) % 4; turn++) {
    const { data, width, height } = out;
    const turned = new Float32Array(data.length);
    for (let y = 0; y < width; y++) {
      for (let x = 0; x < height; x++) {
        const from = (x * width + width - 1 - y) * 3;
        turned.set(data.subarray(from, from + 3), (y * height + x) * 3);
      }
    }
    out = { data: turned, width: height, height: width };
  }
  return out;
}

/** Downscales by averaging the area that each new pixel covers. */
export function resizeArea(image: RgbImage, width: number, height: number): RgbImage {
  const across = areaWeights(image.width, width);
  const down = areaWeights(image.height, height);
  const rows = new Float32Array(width * image.height * 3);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < width; x++) {
      for (const [from, weight] of across[x]!) {
        for (let c = 0; c < 3; c++)
          rows[(y * width + x) * 3 + c]! += weight * image.data[(y * image.width + from) * 3 + c]!;
      }
    }
  }
  const data = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (const [from, weight] of down[y]!) {
      for (let i = 0; i < width * 3; i++) data[y * width * 3 + i]! += weight * rows[from * width * 3 + i]!;
    }
  }
  return { data, width, height };
}

/** For each of `to` cells, the source cells (of `from`) it covers, with weights that sum to 1. */
function areaWeights(from: number, to: number): [number, number][][] {
  const scale = from / to;
  return Array.from({ length: to }, (_, i) => {
    const [start, end] = [i * scale, (i + 1) * scale];
    const weights: [number, number][] = [];
    for (let cell = Math.floor(start); cell < Math.min(from, Math.ceil(end - 1e-9)); cell++) {
      weights.push([cell, (Math.min(end, cell + 1) - Math.max(start, cell)) / scale]);
    }
    return weights;
  });
}

/**
 * Source map of albumentations' ShiftScaleRotate: the picture is rotated by `angle` degrees counter-clockwise and scaled about
 * its centre, then shifted by dx·width and dy·height.
 */
export function shiftScaleRotateMap(
  { width, height }: { width: number; height: number },
  { angle, scale, dx, dy }: { angle: number; scale: number; dx: number; dy: number },
): SourceMap {
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians) / scale, Math.sin(radians) / scale];
  const [cx, cy] = [(width - 1) / 2, (height - 1) / 2];
  const map = emptyMap(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const [u, v] = [x - cx - dx * width, y - cy - dy * height];
      map.x[i] = cx + cos * u - sin * v;
      map.y[i] = cy + sin * u + cos * v;
    }
  }
  return map;
}

/**
 * Source map of albumentations' GridDistortion (in its `normalized` form): the result is cut into equal columns, and column i
 * shows a stretch of the source as wide as `xSteps[i]` among all; rows likewise. Equal steps change nothing.
 */
export function gridDistortionMap(
  { width, height }: { width: number; height: number },
  xSteps: readonly number[],
  ySteps: readonly number[],
): SourceMap {
  const columns = distortedSide(width, xSteps);
  const rows = distortedSide(height, ySteps);
  const map = emptyMap(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      map.x[i] = columns[x]!;
      map.y[i] = rows[y]!;
    }
  }
  return map;
}

/** Source coordinate of each pixel of a side; its ends stay where they are. */
function distortedSide(side: number, steps: readonly number[]): Float32Array {
  const total = steps.reduce((sum, step) => sum + step, 0);
  const ends = [0];
  for (const step of steps) ends.push(ends.at(-1)! + (step / total) * (side - 1));
  return Float32Array.from({ length: side }, (_, x) => {
    const at = side > 1 ? (x / (side - 1)) * steps.length : 0;
    const cell = Math.min(steps.length - 1, Math.floor(at));
    return ends[cell]! + (at - cell) * (ends[cell + 1]! - ends[cell]!);
  });
}

/** Samples an image bilinearly where the map says; beyond the edge it is reflected without repeating the edge pixel. */
export function remap({ data, width, height }: RgbImage, map: SourceMap): RgbImage {
  const out = new Float32Array(data.length);
  for (let i = 0; i < map.x.length; i++) {
    const [sx, sy] = [map.x[i]!, map.y[i]!];
    const [x0, y0] = [Math.floor(sx), Math.floor(sy)];
    const [fx, fy] = [sx - x0, sy - y0];
    const [left, right] = [reflect101(x0, width), reflect101(x0 + 1, width)];
    const [top, bottom] = [reflect101(y0, height) * width, reflect101(y0 + 1, height) * width];
    for (let c = 0; c < 3; c++) {
      const above = data[(top + left) * 3 + c]! * (1 - fx) + data[(top + right) * 3 + c]! * fx;
      const below = data[(bottom + left) * 3 + c]! * (1 - fx) + data[(bottom + right) * 3 + c]! * fx;
      out[i * 3 + c] = above * (1 - fy) + below * fy;
    }
  }
  return { data: out, width, height };
}

/** OpenCV's BORDER_REFLECT_101: … 2 1 | 0 1 2 … n−1 | n−2 n−3 … */
export function reflect101(index: number, side: number): number {
  if (side === 1) return 0;
  const period = 2 * (side - 1);
  const folded = ((index % period) + period) % period;
  return folded < side ? folded : period - folded;
}

function emptyMap(count: number): SourceMap {
  return { x: new Float32Array(count), y: new Float32Array(count) };
}
