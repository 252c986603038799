import type { HeadData } from '../model.ts';
import { GRID_SIDE } from '../recipe/recipe.ts';
import type { SizePolicy } from '../size/policies/policies.ts';
import { headFeatures } from './headFeatures.ts';

/** One size that a head looks at a photo in: a pass of the backbone. */
export interface HeadSize {
  policy: SizePolicy;
  /** Whether the photo's means and deviations are of this size, one among those that are averaged. */
  means: boolean;
  /** Whether the bins are of this size. */
  bins: boolean;
}

/**
 * The passes that a head's vector is made of: one, by its policy. On the recipe with several sides, which goes with the policy of the bins' own
 * size, one for each, and one for the bins where none is theirs.
 */
export function headSizes(head: Pick<HeadData, 'features' | 'policy'>): HeadSize[] {
  const features = headFeatures(head);
  if (features.kind === 'paper') return [{ policy: head.policy, means: false, bins: true }];
  const { sides, weights } = features;
  const grids = weights.two > 0 || weights.four > 0;
  const { policy } = head;
  const several = sides.length > 1 && policy.kind === 'area' && policy.side === GRID_SIDE;
  if (!several) return [{ policy, means: true, bins: grids }];
  const sizes = sides.map((side) => ({
    policy: { kind: 'area' as const, side },
    means: true,
    bins: grids && side === GRID_SIDE,
  }));
  if (!grids || sides.includes(GRID_SIDE)) return sizes;
  return [...sizes, { policy: { kind: 'area', side: GRID_SIDE }, means: false, bins: true }];
}
