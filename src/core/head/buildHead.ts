import { AnysizeError } from '../errors.ts';
import type { HeadData } from '../model.ts';
import type { LinearLayer } from './linearModel.ts';
import { checkFeatures, headFeatures, partLengths } from './headFeatures.ts';
import { normalise, type Normaliser } from './normalise.ts';

/** What a head is besides its trained layer and its normalisation. */
export type HeadFacts = Pick<HeadData, 'id' | 'name' | 'classes' | 'pyramid' | 'policy' | 'channels' | 'features'>;

/**
 * A head from a trained layer and the normalisation it was trained behind.
 * @param layer weights [K, D], bias [K]
 * @throws AnysizeError `BadArgument` when the shapes do not agree
 */
export function buildHead(facts: HeadFacts, normaliser: Normaliser, layer: LinearLayer): HeadData {
  const { normalisation, mean, scale } = normaliser;
  const head: HeadData = { ...facts, normalisation, mean, scale, weights: layer.weights, bias: layer.bias };
  checkHead(head);
  return head;
}

/** @throws AnysizeError `BadArgument` when weights, bias, mean or scale do not fit the classes and the features */
export function checkHead(head: HeadData): void {
  checkFeatures(headFeatures(head), head.name);
  const length = vectorLength(head);
  const classes = head.classes.length;
  const wrong =
    head.weights.length !== classes * length
      ? `${head.weights.length} weights where ${classes} classes × ${length} numbers are needed`
      : head.bias.length !== classes
        ? `${head.bias.length} biases for ${classes} classes`
        : head.normalisation.centre && head.mean?.length !== length
          ? `a training mean of ${head.mean?.length ?? 0} numbers where ${length} are needed`
          : head.scale > 0
            ? null
            : `a scale of ${head.scale}`;
  if (wrong) throw new AnysizeError('BadArgument', `the head "${head.name}" does not fit its pyramid: it has ${wrong}`);
}

/** D of a head: the values in its vector. */
export function vectorLength(head: Pick<HeadData, 'features' | 'pyramid' | 'channels'>): number {
  return partLengths(head).reduce((sum, length) => sum + length, 0);
}

/** The normalisation a head carries. */
export function headNormaliser(head: HeadData): Normaliser {
  const { normalisation, mean, scale } = head;
  return {
    normalisation,
    levelLengths: partLengths(head),
    mean: normalisation.centre ? mean : null,
    scale,
  };
}

/** A head's answer on one vector. */
export interface HeadOutput {
  /** [K]: W·n + bias. */
  logits: Float32Array;
  /** [D], n: the vector after normalisation. */
  normalised: Float32Array;
}

/**
 * Applies a head to a raw vector.
 * @param vector [D]: bin-major, as pooling gives it; for a head on the recipe, as `joinBlocks` gives it
 * @throws AnysizeError `BadArgument` when the vector's length is not the head's
 */
export function applyHead(head: HeadData, vector: Float32Array): HeadOutput {
  const length = vectorLength(head);
  if (vector.length !== length) {
    throw new AnysizeError(
      'BadArgument',
      `the head "${head.name}" takes vectors of ${length} numbers; this one has ${vector.length}`,
    );
  }
  const normalised = normalise(vector, headNormaliser(head));
  const logits = head.bias.map((bias, k) => bias + product(head.weights, k * length, normalised));
  return { logits, normalised };
}

/** A row of weights times a vector. A function of its own: reading the weights from the head at each step takes four times as long. */
function product(weights: Float32Array, start: number, vector: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < vector.length; d++) sum += weights[start + d]! * vector[d]!;
  return sum;
}

/**
 * Folds the centring into the layer: with u the vector after √ and L2,
 * logit = W·(u − mean)/scale + bias = (W/scale)·u + (bias − W·mean/scale). For targets that know a linear layer only.
 * @returns weights [K, D] and bias [K] on u
 */
export function foldCentring(head: HeadData): LinearLayer {
  const { mean, scale } = head;
  if (!head.normalisation.centre || !mean) return { weights: head.weights.slice(), bias: head.bias.slice() };
  const length = mean.length;
  const weights = head.weights.map((weight) => weight / scale);
  const bias = head.bias.map((value, k) => {
    let shift = 0;
    for (let d = 0, w = k * length; d < length; d++, w++) shift += head.weights[w]! * mean[d]!;
    return value - shift / scale;
  });
  return { weights, bias };
}
