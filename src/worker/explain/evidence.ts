import { AnysizeError } from '../../core/errors.ts';
import type { HeadData } from '../../core/model.ts';
import { normalise } from '../../core/head/normalise.ts';
import { headNormaliser } from '../../core/head/buildHead.ts';

/**
 * Numbers in a vector that the head takes.
 * @throws AnysizeError `BadArgument` for a class the head does not have or a vector of another length
 */
export function vectorLengthFor(head: HeadData, vector: Float32Array, classIndex: number): number {
  const length = head.weights.length / head.classes.length;
  if (!(Number.isInteger(classIndex) && classIndex >= 0 && classIndex < head.classes.length)) {
    throw new AnysizeError(
      'BadArgument',
      `the head "${head.name}" has classes 0 to ${head.classes.length - 1}; got ${classIndex}`,
    );
  }
  if (vector.length !== length) {
    throw new AnysizeError(
      'BadArgument',
      `the head "${head.name}" takes vectors of ${length} numbers; this one has ${vector.length}`,
    );
  }
  return length;
}

/**
 * Evidence of every bin for one class: Σ_c W[k, bin, c]·n[bin, c], with n the normalised vector (ARCHITECTURE.md, "Evidence and
 * Grad-CAM are closed forms"). The bins' evidence and the bias sum to the logit. With centring, n measures the difference from the
 * mean training photo, so evidence is relative to that photo.
 * @param vector raw vector [bins·channels], bin-major
 * @param classIndex k, 0…K−1
 * @returns [bins]
 * @throws AnysizeError `BadArgument` for a class the head does not have or a vector of another length
 */
export function binEvidence(head: HeadData, vector: Float32Array, classIndex: number): Float32Array {
  const length = vectorLengthFor(head, vector, classIndex);
  const normalised = normalise(vector, headNormaliser(head));
  const { channels, weights } = head;
  const evidence = new Float32Array(length / channels);
  for (let bin = 0; bin < evidence.length; bin++) {
    let sum = 0;
    const start = bin * channels;
    for (let c = start; c < start + channels; c++) sum += weights[classIndex * length + c]! * normalised[c]!;
    evidence[bin] = sum;
  }
  return evidence;
}
