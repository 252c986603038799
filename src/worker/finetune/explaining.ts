import { camRows, camsOf, type Cams } from '../explain/camRows.ts';
import { gradCam } from '../explain/gradCam.ts';
import { hiResCam } from '../explain/hiResCam.ts';
import type { ImageMaps } from '../path/imageMaps.ts';
import { type MapReader, PassingMap, WholeMap } from '../path/mapReader.ts';
import type { Pooled } from '../path/poolMap.ts';
import type { HeadData, ImageInput } from '../../core/model.ts';
import { softmax } from '../../core/softmax.ts';
import { applyHead } from '../../core/head/buildHead.ts';
import type { Explanation } from '../../core/training/model.ts';

/**
 * Where a head looks in a photo. A map too large to be kept passes by in tiles twice: once for the vector, once for the CAMs.
 * @throws AnysizeError as `ImageMaps.reading`
 */
export function explain(
  maps: ImageMaps,
  image: ImageInput,
  head: HeadData,
  classIndices: readonly number[],
): Promise<Explanation> {
  const asked = { policy: head.policy, backbone: 'embedded', wantPreview: true } as const;
  return maps.reading(image, asked, async ({ reader, plan, facts, preview }) => {
    const wants = { pyramids: [{ options: head.pyramid, argmax: true }], mean: false };
    const pooled = (await reader.read(wants)).pooled[0] as Pooled;
    const scores = softmax(applyHead(head, pooled.vector).logits);
    const cams = await camsIn(reader, pooled, head, classIndices);
    return {
      map: { height: reader.size.height, width: reader.size.width },
      source: plan.source,
      input: plan.input,
      facts,
      activations: classIndices.map((index, k) => ({
        index,
        label: head.classes[index] ?? '',
        score: scores[index] ?? 0,
        ...(cams[k] as Cams),
      })),
      preview: preview ?? new Blob(),
    };
  });
}

async function camsIn(
  reader: MapReader,
  { vector, argmax }: Pooled,
  head: HeadData,
  classIndices: readonly number[],
): Promise<Cams[]> {
  if (reader instanceof WholeMap) {
    return classIndices.map((index) => ({
      values: gradCam(reader.map, vector, head, index),
      located: hiResCam(reader.map, vector, argmax, head, index),
    }));
  }
  const rows = classIndices.map((index) => camRows(reader.size, vector, head, index));
  const projections = await (reader as PassingMap).projectRows(rows.flat());
  let next = 0;
  return classIndices.map((index, k) => {
    const own = projections.slice(next, (next += rows[k]?.length ?? 0));
    return camsOf(reader.size, own, vector, argmax, head, index);
  });
}
