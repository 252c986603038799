import { headBlocks, headFeatures } from '../../core/head/headFeatures.ts';
import type { HeadData, PyramidOptions } from '../../core/model.ts';
import {
  averageSizes,
  BLOCK_LENGTHS,
  GRID_SIDE,
  joinBlocks,
  LAST_CHANNELS,
  type PooledMaps,
} from '../../core/recipe/recipe.ts';
import type { Whitener } from '../../core/recipe/whitener.ts';
import type { Readings } from './mapReader.ts';
import type { OpenImage, ViewWants } from './openImage.ts';
import type { TiledOptions } from './tiles/tiledPath.ts';
import type { View } from './view.ts';

/** The pyramid whose bins hold all that the recipe takes of the last map. */
export const RECIPE_PYRAMID: PyramidOptions = { levels: [4, 2, 1], rule: 'adaptive', pooling: 'mean' };

const NO_GRIDS: PyramidOptions = { ...RECIPE_PYRAMID, levels: [1] };

/** The pyramid that is read of a map for a head: its own, or what its features need. */
export function pyramidRead(head: Pick<HeadData, 'features' | 'pyramid'>): PyramidOptions {
  const features = headFeatures(head);
  if (features.kind === 'paper') return head.pyramid;
  return features.weights.two > 0 || features.weights.four > 0 ? RECIPE_PYRAMID : NO_GRIDS;
}

/** The vector that a head on the recipe takes. */
export function headVector(head: HeadData, pooled: PooledMaps, whitener: Whitener): Float32Array {
  const features = headFeatures(head);
  if (features.kind !== 'anysize') throw new Error('the head is on other features');
  const names = headBlocks(head).map(({ name }) => name);
  return joinBlocks(whitener.whiten(pooled, names), features.weights);
}

/**
 * What the recipe takes of one view.
 * @param bins of {@link RECIPE_PYRAMID}, or of the level 1 alone: then the grids are empty
 * @param moments of the middle layer, [1152]
 */
export function pooledMaps(bins: Float32Array, moments: Float32Array): PooledMaps {
  const { two, four } = BLOCK_LENGTHS;
  const whole = bins.subarray(bins.length - LAST_CHANNELS);
  const grids = bins.length > LAST_CHANNELS;
  return {
    whole,
    middle: moments,
    four: grids ? bins.subarray(0, four) : new Float32Array(),
    two: grids ? bins.subarray(four, four + two) : new Float32Array(),
  };
}

/** {@link pooledMaps} of what a reader has read. */
export function pooledReadings({ pooled, moments }: Readings): PooledMaps {
  const bins = pooled.at(-1)?.vector;
  if (!bins || !moments) throw new Error('the features need the bins and the middle layer of the embedded backbone');
  return pooledMaps(bins, moments);
}

/** Whether a view is to be averaged with the same at other sizes: the one at the grids' own size, of heads that are on several. */
export function averagesSizes({ policy }: View, sides: readonly number[]): boolean {
  return sides.length > 1 && policy.kind === 'area' && policy.side === GRID_SIDE;
}

/** The view, and the same at the other sizes that {@link recipeFeatures} will look at. */
export function recipeViews(view: View, sides: readonly number[]): View[] {
  if (!averagesSizes(view, sides)) return [view];
  const others = sides.filter((side) => side !== GRID_SIDE);
  return [view, ...others.map((side): View => ({ ...view, policy: { kind: 'area', side } }))];
}

/**
 * What the recipe takes of a view, averaged over several sizes where they are asked for and the view is at the size of the grids.
 * @param sides of areas; the grids come from the view itself
 * @param at the view's own features where they are at hand
 * @throws AnysizeError as `OpenImage.view`
 */
export async function recipeFeatures(
  opened: OpenImage,
  view: View,
  sides: readonly number[],
  { tiling, wants, at }: { tiling: TiledOptions; wants?: Partial<ViewWants>; at?: PooledMaps },
): Promise<PooledMaps> {
  const read = async (own: View, levels: number[]): Promise<PooledMaps> => {
    const { reader } = await opened.view(own, {
      ...wants,
      backbone: 'embedded',
      moments: true,
      tileBudget: tiling.budget,
    });
    const options = { ...RECIPE_PYRAMID, levels };
    return pooledReadings(await reader.read({ pyramids: [{ options, argmax: false }], mean: false }, tiling));
  };
  const own = at ?? (await read(view, RECIPE_PYRAMID.levels));
  if (!averagesSizes(view, sides)) return own;
  const sizes: PooledMaps[] = [];
  for (const side of sides) {
    sizes.push(side === GRID_SIDE ? own : await read({ ...view, policy: { kind: 'area', side } }, [1]));
  }
  return averageSizes(sizes, own);
}
