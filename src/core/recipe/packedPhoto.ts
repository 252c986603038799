import { AnysizeError } from '../errors.ts';
import { BLOCK_LENGTHS, type BlockName, joinBlocks, type PyramidWeights, type WhitenedPhoto } from './recipe.ts';

const NAMES: readonly BlockName[] = ['whole', 'middle', 'two', 'four'];

/** Values of a packed photo: all blocks. */
export const PACKED_LENGTH = NAMES.reduce((sum, name) => sum + BLOCK_LENGTHS[name], 0);

/** A photo's blocks behind each other, each of length 1, whatever their weights: the form in which they are kept. [28,032] */
export function packPhoto(photo: WhitenedPhoto): Float32Array {
  const packed = new Float32Array(PACKED_LENGTH);
  let start = 0;
  for (const name of NAMES) {
    packed.set(photo[name], start);
    start += BLOCK_LENGTHS[name];
  }
  return packed;
}

/**
 * The blocks of a packed photo, as views of it.
 * @throws AnysizeError `BadArgument` for another length
 */
export function unpackPhoto(packed: Float32Array): WhitenedPhoto {
  if (packed.length !== PACKED_LENGTH) {
    throw new AnysizeError('BadArgument', `a photo's blocks have ${PACKED_LENGTH} values; got ${packed.length}`);
  }
  let start = 0;
  const block = (name: BlockName) => packed.subarray(start, (start += BLOCK_LENGTHS[name]));
  return { whole: block('whole'), middle: block('middle'), two: block('two'), four: block('four') };
}

/** The vector of a packed photo for a head with these weights. [2,432] or [28,032] */
export function vectorOfPacked(packed: Float32Array, weights: PyramidWeights): Float32Array {
  return joinBlocks(unpackPhoto(packed), weights);
}
