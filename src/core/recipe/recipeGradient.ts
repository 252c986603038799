import type { HeadData } from '../model.ts';
import { checkClass, headBlocks } from '../head/headFeatures.ts';
import { pyramidBins } from '../pyramid/geometry.ts';
import type { Cells } from './runningMoments.ts';
import {
  BLOCK_LENGTHS,
  type BlockName,
  LAST_CHANNELS,
  MIDDLE_CHANNELS,
  type PooledMaps,
  whitenedBlock,
} from './recipe.ts';
import { lengthOf, stretch, type Whitenings } from './whitening.ts';

/** ∂logit/∂x for every pooled value x of a photo; zeros for blocks that the head does not use. */
export type PooledGradient = Record<BlockName, Float64Array>;

/**
 * Gradient of a logit with respect to the pooled values, in closed form: with v = y + U(g ∘ Uᵀy), z = v/‖v‖ and w the head's row for a block
 * (times the root of its weight, over the head's scale), ∂logit/∂x = 1/(2√x) ∘ (I + U·g·Uᵀ)(I − z·zᵀ)·w/‖v‖; the norm is over all bins of a block.
 * Where x = 0 the root has no slope; 0 is taken, as ReLU6 passes nothing there either.
 * @throws AnysizeError `BadArgument` for a class the head does not have, or a head on other features
 */
export function pooledGradient(
  head: HeadData,
  pooled: PooledMaps,
  whitenings: Whitenings,
  classIndex: number,
): PooledGradient {
  checkClass(head, classIndex);
  const blocks = headBlocks(head);
  const row = head.weights.subarray(
    (classIndex * head.weights.length) / head.classes.length,
    ((classIndex + 1) * head.weights.length) / head.classes.length,
  );
  const scale = head.normalisation.centre ? head.scale : 1;
  const gradient: PooledGradient = {
    whole: new Float64Array(BLOCK_LENGTHS.whole),
    middle: new Float64Array(BLOCK_LENGTHS.middle),
    two: new Float64Array(BLOCK_LENGTHS.two),
    four: new Float64Array(BLOCK_LENGTHS.four),
  };
  for (const { name, start, length, weight } of blocks) {
    const v = whitenedBlock(pooled[name], name, whitenings);
    const norm = lengthOf(v);
    const factor = Math.sqrt(weight) / scale;
    let along = 0;
    for (let d = 0; d < length; d++) along += ((v[d]! / norm) * factor * row[start + d]!) / norm;
    const back = v.map((value, d) => (factor * row[start + d]!) / norm - (value / norm) * along);
    const whitening = name === 'middle' ? whitenings.middle : whitenings.map;
    for (let bin = 0; bin < length; bin += whitening.length) {
      const slope = stretch(back.subarray(bin, bin + whitening.length), whitening);
      for (let d = 0; d < whitening.length; d++) {
        const x = pooled[name][bin + d]!;
        gradient[name][bin + d] = x > 0 ? slope[d]! / (2 * Math.sqrt(x)) : 0;
      }
    }
  }
  return gradient;
}

/** What part of a photo's features a map had: of several sizes each has its share of the means, and one alone the bins. */
export interface MapShare {
  /** 1 over the number of sizes. */
  means: number;
  /** Whether the bins were taken from this map. */
  bins: boolean;
}

const ALONE: MapShare = { means: 1, bins: true };

/**
 * ∂logit/∂A of the last map, [height, width, 1280]: each mean's gradient goes in equal parts to the cells it was taken over.
 */
export function lastMapGradient(
  gradient: PooledGradient,
  { height, width }: Pick<Cells, 'height' | 'width'>,
  share = ALONE,
): Float32Array {
  const cells = new Float32Array(height * width * LAST_CHANNELS);
  const whole = { top: 0, left: 0, bottom: height, right: width };
  const spread = (values: Float64Array, level: number, factor: number) => {
    for (const [bin, { top, left, bottom, right }] of pyramidBins(whole, [level], 'adaptive').entries()) {
      const part = factor / ((bottom - top) * (right - left));
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const at = (y * width + x) * LAST_CHANNELS;
          for (let c = 0; c < LAST_CHANNELS; c++) cells[at + c]! += part * values[bin * LAST_CHANNELS + c]!;
        }
      }
    }
  };
  spread(gradient.whole, 1, share.means);
  if (share.bins) {
    spread(gradient.two, 2, 1);
    spread(gradient.four, 4, 1);
  }
  return cells;
}

/**
 * ∂logit/∂A of the middle layer, [height, width, 576]: 1/n of the mean's, and (A − mean)/(n·std) of the deviation's (0 where nothing deviates).
 * @param map the middle layer
 * @param own its own mean and deviation, [1152]; with several sizes not those averaged over them
 */
export function middleMapGradient(
  gradient: PooledGradient,
  { data, height, width }: Cells,
  own: Float32Array,
  share = ALONE,
): Float32Array {
  const n = height * width;
  return Float32Array.from({ length: n * MIDDLE_CHANNELS }, (_, at) => {
    const c = at % MIDDLE_CHANNELS;
    const deviation = own[MIDDLE_CHANNELS + c]!;
    const off = deviation > 0 ? (data[at]! - own[c]!) / deviation : 0;
    return (share.means * (gradient.middle[c]! + off * gradient.middle[MIDDLE_CHANNELS + c]!)) / n;
  });
}

/**
 * Grad-CAM's channel weights (the mean of ∂logit/∂A over a map's cells) without the cells: under `mean` the cells together receive what the pooled
 * values receive, and the deviations' parts cancel.
 */
export function channelGradients(
  gradient: PooledGradient,
  lastCells: number,
  middleCells: number,
  share = ALONE,
): { last: Float64Array; middle: Float64Array } {
  const last = Float64Array.from({ length: LAST_CHANNELS }, (_, c) => {
    let sum = share.means * gradient.whole[c]!;
    if (!share.bins) return sum / lastCells;
    for (const bins of [gradient.two, gradient.four])
      for (let at = c; at < bins.length; at += LAST_CHANNELS) sum += bins[at]!;
    return sum / lastCells;
  });
  const middle = Float64Array.from(
    { length: MIDDLE_CHANNELS },
    (_, c) => (share.means * gradient.middle[c]!) / middleCells,
  );
  return { last, middle };
}
