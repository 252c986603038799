import { pyramidBins } from '../../core/pyramid/geometry.ts';
import { AnysizeError } from '../../core/errors.ts';
import type { HeadData } from '../../core/model.ts';
import { type CamInput, logitGradient } from './gradCam.ts';

/**
 * HiResCAM (Draelos & Carin 2020, arXiv 2011.08891) through spatial pyramid pooling and a head, in closed form:
 * H[y,x] = Σ_c ∂logit_k/∂A[y,x,c]·A[y,x,c]. Unlike Grad-CAM it keeps each gradient at its own cell, so it can show a class
 * that is about where things are.
 *
 * Under `max`, ∂logit_k/∂v[bin,c] lands on the one cell where the bin found its maximum of c, where A is v[bin,c]: every bin puts
 * ∂logit_k/∂v[bin,c]·v[bin,c] there. Under `mean` each of a bin's cells gets its own part of the mean. Either way the cells sum to
 * Σ ∂logit_k/∂v·v, which is logit_k − bias_k for a plain head and 0 behind an L2 norm, where only the vector's direction counts.
 * @param map the feature map that was pooled, as a whole
 * @param vector the raw vector [bins·channels] that pooling gave
 * @param argmax [bins·channels], flat cell index of each maximum; not looked at under `mean`
 * @returns [height·width], signed (above 0 speaks for the class), in units of the logit
 * @throws AnysizeError `BadArgument` for a class the head does not have, a map or vector that does not fit it, or `max` without argmax
 */
export function hiResCam(
  map: CamInput,
  vector: Float32Array,
  argmax: Int32Array | null,
  head: HeadData,
  classIndex: number,
): Float32Array {
  const { channels, pyramid } = head;
  const cells = map.height * map.width;
  if (map.data.length !== cells * channels) {
    throw new AnysizeError('BadArgument', `the head "${head.name}" needs a feature map of ${channels} channels`);
  }
  const gradient = logitGradient(head, vector, classIndex);
  if (pyramid.pooling === 'max') return Float32Array.from(atMaxima(gradient, vector, argmax, cells));
  const sums = new Float64Array(cells);
  const window = { top: 0, left: 0, bottom: map.height, right: map.width };
  for (const { index, top, left, bottom, right } of pyramidBins(window, pyramid.levels, pyramid.rule)) {
    const area = (bottom - top) * (right - left);
    const part = gradient.subarray(index * channels, (index + 1) * channels);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const cell = y * map.width + x;
        let sum = 0;
        for (let c = 0; c < channels; c++) sum += part[c]! * map.data[cell * channels + c]!;
        sums[cell]! += sum / area;
      }
    }
  }
  return Float32Array.from(sums);
}

/**
 * HiResCAM under `max`: ∂logit_k/∂v·v of every number, at the cell where its bin found the maximum.
 * @returns [cells]
 * @throws AnysizeError `BadArgument` without argmax
 */
export function atMaxima(
  gradient: Float64Array,
  vector: Float32Array,
  argmax: Int32Array | null,
  cells: number,
): Float64Array {
  if (argmax?.length !== vector.length) {
    throw new AnysizeError('BadArgument', 'under max pooling, the place of every maximum is needed');
  }
  const sums = new Float64Array(cells);
  for (let d = 0; d < vector.length; d++) sums[argmax[d]!]! += gradient[d]! * vector[d]!;
  return sums;
}
