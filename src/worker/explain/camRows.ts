import { pyramidBins } from '../../core/pyramid/geometry.ts';
import type { HeadData } from '../../core/model.ts';
import { channelWeights, logitGradient } from './gradCam.ts';
import { atMaxima } from './hiResCam.ts';

/** A feature map's size in cells. */
interface MapSide {
  height: number;
  width: number;
}

/** Grad-CAM and HiResCAM of one class, [height·width] each. */
export interface Cams {
  values: Float32Array;
  located: Float32Array;
}

const wholeOf = ({ height, width }: MapSide) => ({ top: 0, left: 0, bottom: height, right: width });

/**
 * What of a feature map is needed for a class's Grad-CAM and HiResCAM, where the map is too large to exist: rows of weights [channels], whose
 * projections Σ_c row[c]·A[cell,c] can be taken tile by tile. The first is Grad-CAM's α; under `mean` pooling one for each bin follows,
 * ∂logit_k/∂v[bin] over the bin's area, for HiResCAM. (Under `max` that needs the vector and its argmax only.)
 * @throws AnysizeError `BadArgument` for a class the head does not have, or a vector that does not fit it
 */
export function camRows(size: MapSide, vector: Float32Array, head: HeadData, classIndex: number): Float32Array[] {
  const { channels, pyramid } = head;
  const gradient = logitGradient(head, vector, classIndex);
  const alpha = Float32Array.from(channelWeights(gradient, channels, size.height * size.width));
  if (pyramid.pooling === 'max') return [alpha];
  const ofBins = pyramidBins(wholeOf(size), pyramid.levels, pyramid.rule).map(({ index, top, left, bottom, right }) =>
    Float32Array.from(
      gradient.subarray(index * channels, (index + 1) * channels),
      (value) => value / ((bottom - top) * (right - left)),
    ),
  );
  return [alpha, ...ofBins];
}

/**
 * Grad-CAM and HiResCAM from the projections of {@link camRows}: the same as `gradCam` and `hiResCam` of the whole map, to rounding.
 * @param projections [height·width] for each row
 * @throws AnysizeError `BadArgument` for `max` without argmax
 */
export function camsOf(
  size: MapSide,
  projections: readonly Float32Array[],
  vector: Float32Array,
  argmax: Int32Array | null,
  head: HeadData,
  classIndex: number,
): Cams {
  const [grad, ...ofBins] = projections;
  const values = Float32Array.from(grad ?? [], (sum) => Math.max(0, sum));
  const cells = size.height * size.width;
  const { levels, rule, pooling } = head.pyramid;
  if (pooling === 'max') {
    const gradient = logitGradient(head, vector, classIndex);
    return { values, located: Float32Array.from(atMaxima(gradient, vector, argmax, cells)) };
  }
  const located = new Float64Array(cells);
  for (const { index, top, left, bottom, right } of pyramidBins(wholeOf(size), levels, rule)) {
    for (let y = top; y < bottom; y++) {
      for (let cell = y * size.width + left; cell < y * size.width + right; cell++) {
        located[cell]! += ofBins[index]![cell]!;
      }
    }
  }
  return { values, located: Float32Array.from(located) };
}
