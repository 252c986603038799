import { pyramidBins } from '../../core/pyramid/geometry.ts';
import { LAST_CHANNELS, MIDDLE_CHANNELS } from '../../core/recipe/recipe.ts';
import { channelGradients, type MapShare, type PooledGradient } from '../../core/recipe/recipeGradient.ts';
import type { MiddleRow } from '../path/tiles/middleSinks.ts';
import type { Cams } from './camRows.ts';

/** A map's size in cells. */
interface MapSide {
  height: number;
  width: number;
}

/** The levels of the recipe's grids and its mean, in the order of their rows. */
const LEVELS = [4, 2, 1];

/** Weights whose projections on both layers give a class's Grad-CAM and HiResCAM; no map needs to exist as a whole. */
export interface RecipeCamRows {
  /** Of the last map's channels: Grad-CAM's α, then for each bin of 4×4, 2×2 and the whole ∂logit/∂(its mean) over its cells. */
  last: Float32Array[];
  /** Of the middle layer's: Grad-CAM's α, then Σ_c ∂logit/∂A·A, in which the deviation's (A − mean)/(n·std) makes a square of A. */
  middle: [grad: MiddleRow, hiRes: MiddleRow];
}

/**
 * @param own mean and deviation of the middle layer of this very map, [1152]
 * @param share what part of the features this map had
 */
export function recipeCamRows(
  gradient: PooledGradient,
  last: MapSide,
  middle: MapSide,
  own: Float32Array,
  share: MapShare,
): RecipeCamRows {
  const cells = middle.height * middle.width;
  const alpha = channelGradients(gradient, last.height * last.width, cells, share);
  const parts = [
    { values: gradient.four, factor: share.bins ? 1 : 0 },
    { values: gradient.two, factor: share.bins ? 1 : 0 },
    { values: gradient.whole, factor: share.means },
  ];
  const ofBins = parts.flatMap(({ values, factor }, at) =>
    pyramidBins(wholeOf(last), [LEVELS[at] ?? 1], 'adaptive').map(({ top, left, bottom, right }, bin) =>
      Float32Array.from(
        values.subarray(bin * LAST_CHANNELS, (bin + 1) * LAST_CHANNELS),
        (value) => (factor * value) / ((bottom - top) * (right - left)),
      ),
    ),
  );
  const linear = new Float32Array(MIDDLE_CHANNELS);
  const square = new Float32Array(MIDDLE_CHANNELS);
  for (let c = 0; c < MIDDLE_CHANNELS; c++) {
    const deviation = own[MIDDLE_CHANNELS + c]!;
    const slope = deviation > 0 ? gradient.middle[MIDDLE_CHANNELS + c]! / deviation : 0;
    linear[c] = (share.means * (gradient.middle[c]! - slope * own[c]!)) / cells;
    square[c] = (share.means * slope) / cells;
  }
  const none = new Float32Array(MIDDLE_CHANNELS);
  return {
    last: [Float32Array.from(alpha.last), ...ofBins],
    middle: [
      { linear: Float32Array.from(alpha.middle), square: none },
      { linear, square },
    ],
  };
}

/**
 * Grad-CAM and HiResCAM of both layers together, in the cells of the last map: a cell has what the middle cells over it have, together.
 * @param last projections [height·width] of the rows of the last map
 * @param middle those of the middle layer's two, already in the cells of the last map
 */
export function recipeCams(size: MapSide, last: readonly Float32Array[], middle: readonly Float32Array[]): Cams {
  const [grad, ...ofBins] = last;
  const [middleGrad, middleHiRes] = middle;
  const located = Float64Array.from(middleHiRes ?? []);
  for (const [index, { top, left, bottom, right }] of pyramidBins(wholeOf(size), LEVELS, 'adaptive').entries()) {
    const values = ofBins[index]!;
    for (let y = top; y < bottom; y++) {
      for (let cell = y * size.width + left; cell < y * size.width + right; cell++) located[cell]! += values[cell]!;
    }
  }
  return {
    values: Float32Array.from(grad ?? [], (sum, cell) => Math.max(0, sum + middleGrad![cell]!)),
    located: Float32Array.from(located),
  };
}

function wholeOf({ height, width }: MapSide) {
  return { top: 0, left: 0, bottom: height, right: width };
}
