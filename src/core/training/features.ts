import { anysizeFacts } from '../head/headFeatures.ts';
import type { HeadData } from '../model.ts';
import { GRID_SIDE, type PyramidWeights, THOROUGH_SIDES } from '../recipe/recipe.ts';
import { CHANNELS } from '../featureMap.ts';
import type { PyramidOptions } from '../model.ts';
import type { FeatureChoice, VectorOptions } from './model.ts';

export const FEATURE_CHOICES: readonly FeatureChoice[] = ['anysize', 'thorough', 'paper'];

/** Runs from before there was a choice are on the paper's features. */
export function featuresOf({ features = 'paper' }: Pick<VectorOptions, 'features'>): FeatureChoice {
  return features;
}

/** What is kept of a view of a photo: the pooled values of one pyramid, or the recipe's blocks, which every candidate is made from. */
export type VectorKind = { kind: 'paper'; pyramid: PyramidOptions } | { kind: 'anysize'; sides: readonly number[] };

export function vectorKind(options: Pick<VectorOptions, 'features' | 'pyramid'>): VectorKind {
  const features = featuresOf(options);
  if (features === 'paper') return { kind: 'paper', pyramid: options.pyramid };
  return { kind: 'anysize', sides: features === 'thorough' ? THOROUGH_SIDES : [] };
}

/** What a head says of its features and pyramid. @param weights null on the paper's features */
export function headFacts(
  options: VectorOptions,
  weights: PyramidWeights | null,
): Pick<HeadData, 'pyramid' | 'policy' | 'channels' | 'features'> {
  const { pyramid, policy } = options;
  if (!weights) return { pyramid, policy, channels: CHANNELS };
  const own = policy.kind === 'area' ? Math.round(policy.side) : GRID_SIDE;
  const sides = featuresOf(options) === 'thorough' ? [...THOROUGH_SIDES] : [own];
  const facts = anysizeFacts(weights, sides);
  return { policy, features: facts.features, pyramid: facts.pyramid, channels: facts.channels };
}
