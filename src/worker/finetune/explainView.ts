import type { HeadData } from '../../core/model.ts';
import { applyHead } from '../../core/head/buildHead.ts';
import { softmax } from '../../core/softmax.ts';
import type { Explanation } from '../../core/training/model.ts';
import { camRows, type Cams, camsOf } from '../explain/camRows.ts';
import { gradCam } from '../explain/gradCam.ts';
import { hiResCam } from '../explain/hiResCam.ts';
import type { SizedView } from '../path/keptViews.ts';
import { type MapReader, pooledOf } from '../path/mapReader.ts';
import type { Pooled } from '../path/poolMap.ts';

/** Where a head looks in a view of a photo. A map too large to be kept passes by in tiles twice: once for the vector, once for the CAMs. */
export async function explainView(
  { reader, plan, facts, preview }: SizedView,
  head: HeadData,
  classIndices: readonly number[],
): Promise<Explanation> {
  const pooled = await pooledOf(reader, { options: head.pyramid, argmax: true });
  const scores = softmax(applyHead(head, pooled.vector).logits);
  const cams = await camsIn(reader, pooled, head, classIndices);
  return {
    map: { height: reader.size.height, width: reader.size.width },
    source: plan.source,
    input: plan.input,
    facts,
    activations: cams.map((cam) => ({ label: head.classes[cam.index] ?? '', score: scores[cam.index] ?? 0, ...cam })),
    preview: preview ?? new Blob(),
  };
}

async function camsIn(
  reader: MapReader,
  { vector, argmax }: Pooled,
  head: HeadData,
  classIndices: readonly number[],
): Promise<(Cams & { index: number })[]> {
  const { map, size } = reader;
  if (map) {
    return classIndices.map((index) => ({
      index,
      values: gradCam(map, vector, head, index),
      located: hiResCam(map, vector, argmax, head, index),
    }));
  }
  const rows = classIndices.map((index) => ({ index, rows: camRows(size, vector, head, index) }));
  const projections = await reader.projectRows(rows.flatMap((own) => own.rows));
  return rows.map(({ index, rows }) => ({
    index,
    ...camsOf(size, projections.splice(0, rows.length), vector, argmax, head, index),
  }));
}
