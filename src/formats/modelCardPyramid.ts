import type { HeadData } from '../core/model.ts';
import { headFeatures } from '../core/head/headFeatures.ts';
import type { PyramidChoice } from '../core/recipe/choosePyramid.ts';
import { choiceWords } from '../core/recipe/choiceWords.ts';
import { gridsWords } from '../core/recipe/gridsWords.ts';

/** What the training photos said of each pyramid, as rows of a model card's table. */
export interface PyramidTable {
  /** One sentence or two. */
  words: string;
  header: string[];
  rows: string[][];
}

/**
 * Which of the candidates was chosen by leave-one-out, their errors, and which one the head has: a person may have overruled the choice.
 * @returns null for heads on other features
 */
export function pyramidTable(head: HeadData, choice: PyramidChoice | undefined): PyramidTable | null {
  const features = headFeatures(head);
  if (features.kind !== 'anysize' || !choice) return null;
  const { two, four } = features.weights;
  const isOwn = (index: number) => {
    const weights = choice.candidates[index]?.weights;
    return weights?.two === two && weights.four === four;
  };
  const overruled = isOwn(choice.chosen)
    ? ''
    : ` The choice was overruled: this model has ${withArticle(gridsWords(features.weights))}.`;
  return {
    words: `${choiceWords(choice)}${overruled}`,
    header: ['Pyramid', 'Leave-one-out squared error', 'Leave-one-out accuracy', 'λ', ''],
    rows: choice.candidates.map(({ weights, best }, i) => [
      gridsWords(weights),
      best.error.toFixed(4),
      `${(100 * best.accuracy).toFixed(1)}%`,
      String(Number(best.lambda.toPrecision(3))),
      [i === choice.chosen && 'chosen by the photos', isOwn(i) && 'in this model'].filter(Boolean).join(', '),
    ]),
  };
}

function withArticle(words: string): string {
  return words.startsWith('no ') ? words : `a ${words}`;
}
