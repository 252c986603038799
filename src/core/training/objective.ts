import { AnysizeError } from '../errors.ts';

/**
 * What is minimised, by gradient descent and by the exact solver alike:
 *   (1/N)·Σ_i c_i·CE_i + (λ/2)·‖W‖²
 * CE_i = −Σ_k t_ik·log p_ik with smoothed targets t_ik = (1 − s)·[k = y_i] + s/K (Szegedy et al. 2016), c_i the weight of the
 * sample's class, scaled to mean 1 over the training samples. The bias is not penalised.
 */
export interface ObjectiveOptions {
  /** λ of the L2 penalty on the weights. */
  weightDecay: number;
  /** s, 0 ≤ s < 1. */
  labelSmoothing: number;
  /** One weight per class, any positive scale; `balanced`: N/(K·N_k); null: all alike. */
  classWeights: readonly number[] | 'balanced' | null;
}

export const DEFAULT_OBJECTIVE: ObjectiveOptions = { weightDecay: 3e-4, labelSmoothing: 0, classWeights: null };

/** @throws AnysizeError `BadArgument` for numbers out of range */
export function checkObjective({ weightDecay, labelSmoothing, classWeights }: ObjectiveOptions, classes: number): void {
  if (!(weightDecay >= 0)) throw bad(`weight decay is 0 or more; got ${weightDecay}`);
  if (!(labelSmoothing >= 0 && labelSmoothing < 1))
    throw bad(`label smoothing is at least 0 and below 1; got ${labelSmoothing}`);
  if (
    Array.isArray(classWeights) &&
    (classWeights.length !== classes || classWeights.some((weight) => !(weight > 0)))
  ) {
    throw bad(`class weights are ${classes} positive numbers; got ${classWeights.join(', ')}`);
  }
}

/** c_i of each sample: [N], mean 1. */
export function sampleWeights(
  labels: Int32Array,
  classes: number,
  classWeights: ObjectiveOptions['classWeights'],
): Float64Array {
  if (classWeights === null) return new Float64Array(labels.length).fill(1);
  const support = new Float64Array(classes);
  for (const label of labels) support[label]!++;
  const weights = classWeights === 'balanced' ? Array.from(support, (n) => (n > 0 ? 1 / n : 0)) : classWeights;
  const total = weights.reduce((sum, weight, k) => sum + weight * support[k]!, 0);
  return Float64Array.from(labels, (label) => (weights[label]! * labels.length) / total);
}

/** Sums over the samples of a batch. */
export interface BatchLoss {
  /** Σ c_i·CE_i. */
  loss: number;
  /** Samples whose largest logit is their class. */
  correct: number;
}

/**
 * Cross-entropy of a batch and its gradient.
 * @param logits [B, K]; overwritten with the gradient of Σ c_i·CE_i: c_i·(p_ik − t_ik)
 * @param weights c_i [B]; null for 1
 */
export function crossEntropy(
  logits: Float64Array,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | null,
  classes: number,
  smoothing: number,
): BatchLoss {
  let loss = 0;
  let correct = 0;
  for (let i = 0; i < labels.length; i++) {
    const start = i * classes;
    const label = labels[i]!;
    const weight = weights?.[i] ?? 1;
    let top = -Infinity;
    let best = 0;
    let mean = 0;
    for (let k = 0; k < classes; k++) {
      const value = logits[start + k]!;
      mean += value / classes;
      if (value > top) [top, best] = [value, k];
    }
    if (best === label) correct++;
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += Math.exp(logits[start + k]! - top);
    const logSum = top + Math.log(sum);
    loss += weight * (logSum - (1 - smoothing) * logits[start + label]! - smoothing * mean);
    for (let k = 0; k < classes; k++) {
      const target = (k === label ? 1 - smoothing : 0) + smoothing / classes;
      logits[start + k] = weight * (Math.exp(logits[start + k]! - logSum) - target);
    }
  }
  return { loss, correct };
}

function bad(message: string): AnysizeError {
  return new AnysizeError('BadArgument', message);
}
