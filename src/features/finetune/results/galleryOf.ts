import type { SamplePrediction, Side } from '../../../core/training/model.ts';

/** Which photos a gallery shows: the wrong or the correct ones, or those of one cell of the confusion matrix. */
export type GalleryChoice = 'wrong' | 'correct' | { truth: number; predicted: number };

export function confidenceOf({ probabilities, predicted }: SamplePrediction): number {
  return probabilities[predicted] ?? 0;
}

/** The photos of one side that a choice names, the most confident answers first. */
export function galleryOf(
  predictions: readonly SamplePrediction[],
  side: Side,
  choice: GalleryChoice,
): SamplePrediction[] {
  const isWanted = ({ truth, predicted }: SamplePrediction) => {
    if (choice === 'wrong') return truth !== predicted;
    if (choice === 'correct') return truth === predicted;
    return truth === choice.truth && predicted === choice.predicted;
  };
  return predictions
    .filter((one) => one.side === side && isWanted(one))
    .sort((a, b) => confidenceOf(b) - confidenceOf(a));
}
