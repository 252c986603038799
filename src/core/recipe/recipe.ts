import { AnysizeError } from '../errors.ts';
import { lengthOf, whiten, type Whitenings } from './whitening.ts';

/**
 * The recipe of the app's own features, "anysize": with z(·) the whitening of whitening.ts, a photo's vector is
 * [z_m, √0.7·z_b, √a·z_2, √b·z_4], whose inner products are the kernel K = z_m·z_m + 0.7·z_b·z_b + a·z_2·z_2 + b·z_4·z_4. The parts of z_2 and z_4
 * are the bins' whitened means, joined and then brought to length 1. Source: models/whitening in the shared data; checked against golden/recipe.json.
 */
export const RECIPE_VERSION = 1;

/** Channels of the last map and of the middle layer (`block_13_expand`). */
export const LAST_CHANNELS = 1280;
export const MIDDLE_CHANNELS = 576;
/** The middle layer's step in the backbone. */
export const MIDDLE_LAYER = 'block_13_expand';
/** Weight of the middle layer's block in the kernel. */
const MIDDLE_WEIGHT = 0.7;

/** Weights of the two grids in the kernel: a of 2×2, b of 4×4; both 0 is no pyramid. */
export interface PyramidWeights {
  two: number;
  four: number;
}

/** What the data choose from, weakest pyramid first. */
export const PYRAMID_CANDIDATES: readonly PyramidWeights[] = [
  { two: 0, four: 0 },
  { two: 0.3, four: 0.2 },
  { two: 1, four: 0.6 },
];

/** Input sizes (sides of an `area`) of the "thorough" setting; the bins come from the map at 300, whatever the sizes. */
export const THOROUGH_SIDES: readonly number[] = [224, 300, 448];
export const GRID_SIDE = 300;

export type BlockName = 'whole' | 'middle' | 'two' | 'four';

/** What pooling gives for one photo, before any root. */
export interface PooledMaps {
  /** Mean of the last map, [1280]. */
  whole: Float32Array;
  /** Mean, then population standard deviation of `block_13_expand` after ReLU6, [2·576]. */
  middle: Float32Array;
  /** Bin means of the last map under `adaptive`, [4·1280] and [16·1280], bin-major. */
  two: Float32Array;
  four: Float32Array;
}

/** The four blocks z of a photo, each of length 1, whatever their weights: all that the candidates are made of. */
export type WhitenedPhoto = Record<BlockName, Float32Array>;

/** A block's place in the vector. */
export interface Block {
  name: BlockName;
  start: number;
  length: number;
  /** Bins in it: 1, or n² of an n×n grid. */
  bins: number;
  /** In the kernel; the vector carries its square root. */
  weight: number;
}

const BINS: Record<BlockName, number> = { whole: 1, middle: 1, two: 4, four: 16 };
export const BLOCK_LENGTHS: Record<BlockName, number> = {
  whole: LAST_CHANNELS,
  middle: 2 * MIDDLE_CHANNELS,
  two: 4 * LAST_CHANNELS,
  four: 16 * LAST_CHANNELS,
};

/** Each block's weight in the kernel; 0 for a block that the vector does not have. */
export function blockWeights({ two, four }: PyramidWeights): Record<BlockName, number> {
  return { whole: 1, middle: MIDDLE_WEIGHT, two, four };
}

/** The blocks of a vector, in order: those without weight are not in it. 2,432 values without the pyramid, 28,032 with it. */
export function blocksOf(weights: PyramidWeights): Block[] {
  const all = blockWeights(weights);
  let start = 0;
  const blocks: Block[] = [];
  for (const name of ['whole', 'middle', 'two', 'four'] as const) {
    if (all[name] <= 0) continue;
    blocks.push({ name, start, length: BLOCK_LENGTHS[name], bins: BINS[name], weight: all[name] });
    start += BLOCK_LENGTHS[name];
  }
  return blocks;
}

/** Values in a vector. */
export function recipeLength(weights: PyramidWeights): number {
  return blocksOf(weights).reduce((sum, { length }) => sum + length, 0);
}

/**
 * Whitens what pooling gave. For many photos at hand a backend's matrix product is faster: the same arithmetic, row by row.
 * @throws AnysizeError `BadArgument` for a block of another length
 */
export function whitenPhoto(pooled: PooledMaps, whitenings: Whitenings): WhitenedPhoto {
  const block = (name: BlockName) => {
    const v = whitenedBlock(pooled[name], name, whitenings);
    const factor = 1 / lengthOf(v);
    return Float32Array.from(v, (value) => value * factor);
  };
  return { whole: block('whole'), middle: block('middle'), two: block('two'), four: block('four') };
}

/** A block after whitening, bin by bin, before it is brought to length 1; in float64. */
export function whitenedBlock(pooled: Float32Array, name: BlockName, whitenings: Whitenings): Float64Array {
  if (pooled.length !== BLOCK_LENGTHS[name]) {
    throw new AnysizeError(
      'BadArgument',
      `the block "${name}" takes ${BLOCK_LENGTHS[name]} pooled values; got ${pooled.length}`,
    );
  }
  const whitening = name === 'middle' ? whitenings.middle : whitenings.map;
  const out = new Float64Array(pooled.length);
  for (let start = 0; start < pooled.length; start += whitening.length) {
    out.set(whiten(pooled.subarray(start, start + whitening.length), whitening), start);
  }
  return out;
}

/** A photo's vector: its blocks behind each other, times the square roots of their weights. [2,432] or [28,032]. */
export function joinBlocks(photo: WhitenedPhoto, weights: PyramidWeights): Float32Array {
  const vector = new Float32Array(recipeLength(weights));
  for (const { name, start, length, weight } of blocksOf(weights)) {
    const [block, root] = [photo[name], Math.sqrt(weight)];
    for (let d = 0; d < length; d++) vector[start + d] = root * block[d]!;
  }
  return vector;
}

/**
 * Several sizes of one photo as one: the means and deviations are averaged before the root, the bins come from one size alone.
 * @param wholeAndMiddle of each size
 * @param grids at {@link GRID_SIDE}
 */
export function averageSizes(
  wholeAndMiddle: readonly Pick<PooledMaps, 'whole' | 'middle'>[],
  grids: Pick<PooledMaps, 'two' | 'four'>,
): PooledMaps {
  if (wholeAndMiddle.length === 0) throw new AnysizeError('BadArgument', 'features need one size or more');
  const mean = (name: 'whole' | 'middle') =>
    Float32Array.from(
      { length: BLOCK_LENGTHS[name] },
      (_, d) => wholeAndMiddle.reduce((sum, each) => sum + each[name][d]!, 0) / wholeAndMiddle.length,
    );
  return { whole: mean('whole'), middle: mean('middle'), two: grids.two, four: grids.four };
}
