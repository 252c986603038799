import type { HeadData } from '../../core/model.ts';
import { headFeatures } from '../../core/head/headFeatures.ts';
import { vectorOfPacked } from '../../core/recipe/packedPhoto.ts';
import { softmax } from '../../core/softmax.ts';
import { applyHead } from '../../core/head/buildHead.ts';
import { evaluate, type Metrics } from '../../core/metrics/metrics.ts';
import { yieldNow } from '../../core/yieldNow.ts';
import type { PhotoVectors } from './gatherVectors.ts';
import type { SamplePrediction, Side } from '../../core/training/model.ts';

/** Probabilities [K] of one photo from its vectors as they are kept: the mean over its views' probabilities (not logits; ARCHITECTURE.md, "Defaults"). */
export function averageProbabilities(head: HeadData, vectors: readonly Float32Array[]): number[] {
  const sums = new Array<number>(head.classes.length).fill(0);
  for (const vector of vectors) {
    softmax(applyHead(head, headVector(head, vector)).logits).forEach(
      (p, k) => (sums[k] = (sums[k] as number) + p / vectors.length),
    );
  }
  return sums;
}

/** A kept vector as the head takes it. */
export function headVector(head: HeadData, kept: Float32Array): Float32Array {
  const features = headFeatures(head);
  return features.kind === 'paper' ? kept : vectorOfPacked(kept, features.weights);
}

/** Every photo's prediction. A training photo is judged on its first, plain view. */
export async function predictAll(
  head: HeadData,
  photos: readonly PhotoVectors[],
  signal: AbortSignal,
): Promise<SamplePrediction[]> {
  const predictions: SamplePrediction[] = [];
  for (const { sample, side, vectors } of photos) {
    const probabilities = averageProbabilities(head, side === 'train' ? vectors.slice(0, 1) : vectors);
    const predicted = probabilities.indexOf(Math.max(...probabilities));
    predictions.push({ id: sample.id, side, truth: sample.classIndex, predicted, probabilities });
    if (predictions.length % 16 === 0) {
      await yieldNow();
      signal.throwIfAborted();
    }
  }
  return predictions;
}

/** Metrics over the photos of one side; null where there is none. */
export function metricsOf(predictions: readonly SamplePrediction[], side: Side, classes: number): Metrics | null {
  const chosen = predictions.filter((prediction) => prediction.side === side);
  if (chosen.length === 0) return null;
  return evaluate(
    Float32Array.from(chosen.flatMap((prediction) => prediction.probabilities)),
    chosen.map((prediction) => prediction.truth),
    classes,
  );
}
