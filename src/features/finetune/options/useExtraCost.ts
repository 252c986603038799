import type { VectorOptions } from '../../../core/training/model.ts';
import { useAppState } from '../../../store/store.ts';
import { useTrainingSet } from '../trainingSet.ts';
import { costOf, extraCost } from './trainingCost.ts';

/** What an option costs beyond going without it, in words, for the photos that there are; null without photos, or where it is free. */
export function useExtraCost() {
  const { vectorOptions, splitOptions, secondsPerPixel } = useAppState(
    'vectorOptions',
    'splitOptions',
    'secondsPerPixel',
  );
  const photos = useTrainingSet().usable.size;
  const cost = (changes: Partial<VectorOptions>) => costOf({ ...vectorOptions, ...changes }, splitOptions, photos);
  return (withIt: Partial<VectorOptions>, without: Partial<VectorOptions>) =>
    photos > 0 ? extraCost(cost(withIt), cost(without), secondsPerPixel) : null;
}
