import { AnysizeError } from '../errors.ts';
import type { HeadData, HeadFeatures } from '../model.ts';
import { type Block, blocksOf, LAST_CHANNELS, type PyramidWeights, RECIPE_VERSION } from '../recipe/recipe.ts';
import { levelLengths } from './normalise.ts';

/** The features that a head is on; heads from before there was a choice are on the paper's. */
export function headFeatures(head: Pick<HeadData, 'features'>): HeadFeatures {
  return head.features ?? { kind: 'paper' };
}

/** Lengths of the parts of the vector that a head takes: a level's, or a block's of the recipe. */
export function partLengths(head: Pick<HeadData, 'features' | 'pyramid' | 'channels'>): number[] {
  const features = headFeatures(head);
  switch (features.kind) {
    case 'paper':
      return levelLengths(head.pyramid.levels, head.channels);
    case 'anysize':
      return blocksOf(features.weights).map(({ length }) => length);
    default:
      return features satisfies never;
  }
}

/** @throws AnysizeError `BadArgument` where the features are none that this version knows, or their numbers make no sense */
export function checkFeatures(features: HeadFeatures, name: string): void {
  if (features.kind === 'paper') return;
  const { version, weights, sides } = features;
  const bad = (what: string) => new AnysizeError('BadArgument', `the head "${name}" ${what}`);
  if (version !== RECIPE_VERSION) {
    throw bad(`is on version ${version} of the features, which this version of Anysize does not know: use a newer one`);
  }
  if (!(weights.two >= 0 && weights.four >= 0)) throw bad('has a pyramid of weights that are no numbers from 0');
  if (sides.length === 0 || !sides.every((side) => Number.isInteger(side) && side >= 1)) {
    throw bad(`is on sizes that are none: [${sides.join(', ')}]`);
  }
}

/**
 * The blocks of the vector of a head on the recipe.
 * @throws AnysizeError `BadArgument` for a head on the paper's features
 */
export function headBlocks(head: Pick<HeadData, 'features' | 'name'>): Block[] {
  const features = headFeatures(head);
  if (features.kind !== 'anysize') {
    throw new AnysizeError('BadArgument', `the head "${head.name}" is on the paper's features, which have no blocks`);
  }
  return blocksOf(features.weights);
}

/** @throws AnysizeError `BadArgument` for a class the head does not have */
export function checkClass(head: Pick<HeadData, 'classes' | 'name'>, index: number): void {
  if (Number.isInteger(index) && index >= 0 && index < head.classes.length) return;
  throw new AnysizeError(
    'BadArgument',
    `the head "${head.name}" has classes 0 to ${head.classes.length - 1}; got ${index}`,
  );
}

/** What the rest of a head says when it is on the recipe: the grids with weight, `mean` pooling; the whitening has done all normalising but the centring. */
export function anysizeFacts(
  weights: PyramidWeights,
  sides: number[],
): Pick<HeadData, 'features' | 'pyramid' | 'normalisation' | 'channels'> & { features: HeadFeatures } {
  const levels = [...(weights.four > 0 ? [4] : []), ...(weights.two > 0 ? [2] : []), 1];
  return {
    features: { kind: 'anysize', version: RECIPE_VERSION, weights, sides },
    pyramid: { levels, rule: 'adaptive', pooling: 'mean' },
    normalisation: { sqrt: false, l2: 'none', centre: true },
    channels: LAST_CHANNELS,
  };
}
