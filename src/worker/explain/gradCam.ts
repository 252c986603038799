import { AnysizeError } from '../../core/errors.ts';
import type { HeadData } from '../../core/model.ts';
import { headNormaliser } from '../../core/head/buildHead.ts';
import { vectorLengthFor } from './evidence.ts';
import type { Normaliser } from '../../core/head/normalise.ts';

/** A feature map [height, width, channels]. */
export interface CamInput {
  data: Float32Array;
  height: number;
  width: number;
}

/**
 * Grad-CAM (Selvaraju et al. 2017) through spatial pyramid pooling and a head, in closed form:
 * CAM[y,x] = ReLU(Σ_c α_c·A[y,x,c]), α_c the mean over the map of ∂logit_k/∂A[y,x,c].
 *
 * Where a bin's gradient lands does not matter to α: under `max` all of it goes to one cell of the map, under `mean` an equal
 * share to every cell of the bin, and either way the map's cells receive Σ_bins ∂logit_k/∂v[bin,c] together. So
 * α_c = (1/(h·w))·Σ_bins ∂logit_k/∂v[bin,c], without the argmax.
 * @param map the feature map that was pooled, as a whole
 * @param vector the raw vector [bins·channels] that pooling gave
 * @returns [height·width], ≥ 0, in units of the logit per cell; not scaled
 * @throws AnysizeError `BadArgument` for a class the head does not have, or a map or vector that does not fit it
 */
export function gradCam(map: CamInput, vector: Float32Array, head: HeadData, classIndex: number): Float32Array {
  const cells = map.height * map.width;
  const { channels } = head;
  if (map.data.length !== cells * channels) {
    throw new AnysizeError('BadArgument', `the head "${head.name}" needs a feature map of ${channels} channels`);
  }
  const alpha = channelWeights(logitGradient(head, vector, classIndex), channels, cells);
  const cam = new Float32Array(cells);
  for (let cell = 0, i = 0; cell < cells; cell++) {
    let sum = 0;
    for (let c = 0; c < channels; c++, i++) sum += alpha[c]! * map.data[i]!;
    cam[cell] = Math.max(0, sum);
  }
  return cam;
}

/**
 * Grad-CAM's α [channels] from ∂logit_k/∂v [bins·channels].
 * @param cells of the map
 */
export function channelWeights(gradient: Float64Array, channels: number, cells: number): Float64Array {
  const alpha = new Float64Array(channels);
  for (let d = 0; d < gradient.length; d++) alpha[d % channels]! += gradient[d]! / cells;
  return alpha;
}

/**
 * ∂logit_k/∂v of a raw vector v, back through the head: W_k/scale, then for every normalised part s with u = s/‖s‖ the factor
 * (I − u·uᵀ)/‖s‖, then 1/(2√|v|) under the square root. At v = 0 the square root has no slope; 0 is taken, as ReLU6 passes
 * nothing there either.
 * @returns [D]
 */
export function logitGradient(head: HeadData, vector: Float32Array, classIndex: number): Float64Array {
  const length = vectorLengthFor(head, vector, classIndex);
  const normaliser = headNormaliser(head);
  const { sqrt } = normaliser.normalisation;
  const scale = normaliser.mean ? normaliser.scale : 1;
  const gradient = Float64Array.from({ length }, (_, d) => head.weights[classIndex * length + d]! / scale);
  const rooted = sqrt
    ? Float64Array.from(vector, (v) => Math.sign(v) * Math.sqrt(Math.abs(v)))
    : Float64Array.from(vector);
  let start = 0;
  for (const part of partLengths(normaliser, length)) {
    throughNorm(gradient.subarray(start, start + part), rooted.subarray(start, start + part));
    start += part;
  }
  if (sqrt)
    for (let d = 0; d < length; d++) gradient[d] = rooted[d] === 0 ? 0 : gradient[d]! / (2 * Math.abs(rooted[d]!));
  return gradient;
}

/** Lengths of the parts that are brought to norm 1 each. */
function partLengths({ normalisation, levelLengths }: Normaliser, length: number): readonly number[] {
  if (normalisation.l2 === 'none') return [];
  return normalisation.l2 === 'vector' ? [length] : levelLengths;
}

/** gradient ← (gradient − u·(u·gradient))/‖s‖, u = s/‖s‖; 0 for a part that is all zero, which stays zero. */
function throughNorm(gradient: Float64Array, part: Float64Array): void {
  let squares = 0;
  let along = 0;
  for (let d = 0; d < part.length; d++) {
    squares += part[d]! * part[d]!;
    along += part[d]! * gradient[d]!;
  }
  const norm = Math.sqrt(squares);
  for (let d = 0; d < part.length; d++)
    gradient[d] = norm > 0 ? (gradient[d]! - (part[d]! * along) / squares) / norm : 0;
}
