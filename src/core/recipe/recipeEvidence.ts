import { applyHead } from '../head/buildHead.ts';
import { checkClass, headBlocks } from '../head/headFeatures.ts';
import type { HeadData } from '../model.ts';
import type { BlockName } from './recipe.ts';

/** A block's share of a logit, and each of its bins'. */
export interface BlockEvidence {
  name: BlockName;
  /** Of the block in the kernel. */
  weight: number;
  total: number;
  /** [1], [4] or [16], row by row. */
  bins: Float64Array;
}

/**
 * Evidence of each block and bin for one class: Σ W·n over its part of the normalised vector n. With the bias, the blocks' totals sum to the logit.
 * @param vector of the photo, as `joinBlocks` gives it
 * @throws AnysizeError `BadArgument` for a class the head does not have, a head on other features or a vector of another length
 */
export function recipeEvidence(
  head: HeadData,
  vector: Float32Array,
  classIndex: number,
): { blocks: BlockEvidence[]; bias: number; logit: number } {
  checkClass(head, classIndex);
  const { normalised, logits } = applyHead(head, vector);
  const offset = classIndex * vector.length;
  const blocks = headBlocks(head).map(({ name, weight, start, length, bins }): BlockEvidence => {
    const shares = new Float64Array(bins);
    for (let d = 0; d < length; d++) {
      shares[Math.floor((d * bins) / length)]! += head.weights[offset + start + d]! * normalised[start + d]!;
    }
    return { name, weight, total: shares.reduce((sum, share) => sum + share, 0), bins: shares };
  });
  return { blocks, bias: head.bias[classIndex]!, logit: logits[classIndex]! };
}
