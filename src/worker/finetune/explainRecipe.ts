import { applyHead } from '../../core/head/buildHead.ts';
import { headFeatures } from '../../core/head/headFeatures.ts';
import type { HeadData } from '../../core/model.ts';
import { pooledGradient } from '../../core/recipe/recipeGradient.ts';
import type { Whitener } from '../../core/recipe/whitener.ts';
import { softmax } from '../../core/softmax.ts';
import type { Explanation } from '../../core/training/model.ts';
import { recipeCamRows, recipeCams } from '../explain/recipeCams.ts';
import type { OpenImage } from '../path/openImage.ts';
import { averagesSizes, headVector, pooledReadings, RECIPE_PYRAMID, recipeFeatures } from '../path/recipeFeatures.ts';
import type { View } from '../path/view.ts';

/**
 * Where a head on the recipe looks in a photo: the map at the head's own size and the middle layer of the same pass, together. Of a head on several
 * sizes only this one's share is shown. The middle layer is not kept: it takes one more pass.
 */
export async function explainRecipe(
  opened: OpenImage,
  head: HeadData,
  classIndices: readonly number[],
  whitener: Whitener,
): Promise<Explanation> {
  const features = headFeatures(head);
  const sides = features.kind === 'anysize' ? features.sides : [];
  const view: View = { policy: head.policy };
  const sized = await opened.view(view, { backbone: 'embedded', moments: true, preview: 'now' });
  const { reader, plan, facts, preview } = sized;
  const own = pooledReadings(
    await reader.read({ pyramids: [{ options: RECIPE_PYRAMID, argmax: false }], mean: false }),
  );
  const pooled = await recipeFeatures(opened, view, sides, { tiling: {}, at: own });
  const scores = softmax(applyHead(head, headVector(head, pooled, whitener)).logits);
  const share = { means: averagesSizes(view, sides) ? 1 / sides.length : 1, bins: true };
  const { height, width } = reader.size;
  const middle = { height: Math.ceil(plan.input.height / 16), width: Math.ceil(plan.input.width / 16) };
  const rows = classIndices.map((index) => {
    const gradient = pooledGradient(head, pooled, whitener.whitenings, index);
    return recipeCamRows(gradient, { height, width }, middle, own.middle, share);
  });
  const last = await reader.projectRows(rows.flatMap((each) => each.last));
  const ofMiddle = await opened.projectMiddle(
    view,
    rows.flatMap((each) => each.middle),
  );
  return {
    map: { height, width },
    source: plan.source,
    input: plan.input,
    facts,
    activations: classIndices.map((index, i) => ({
      index,
      label: head.classes[index] ?? '',
      score: scores[index] ?? 0,
      ...recipeCams({ height, width }, last.splice(0, rows[i]?.last.length ?? 0), ofMiddle.splice(0, 2)),
    })),
    preview: preview ?? new Blob(),
  };
}
