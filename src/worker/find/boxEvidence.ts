import type { Box } from '../../core/find/boxes.ts';
import { partEnds, STRIDES } from '../../core/find/finderMaps.ts';
import type { BoxEvidence, FinderClass } from '../../core/find/model.ts';
import { plattProbability } from '../../core/find/platt.ts';
import type { FinderSettings } from '../../core/find/settings.ts';
import { pyramidBins } from '../../core/pyramid/geometry.ts';
import type { Session } from '../session/session.ts';
import type { PhotoMaps } from './bothMaps.ts';
import { cellsOf, windowVectors } from './windows.ts';

/** What each bin of a box adds to its score for a class: the inner product of its values, scaled as the vector is, with the weights there. */
export async function boxEvidence(
  session: Session,
  photo: PhotoMaps,
  box: Box,
  { name, weights, bias, platt }: FinderClass,
  classIndex: number,
  settings: FinderSettings,
): Promise<BoxEvidence> {
  const [vector = new Float32Array()] = await windowVectors(session, photo, [box], settings);
  const ends = partEnds(settings);
  const maps = settings.maps.map((map, part) => {
    const start = ends[part - 1] ?? 0;
    const { height, width, channels } = photo[map];
    const norm = lengthOf(vector.subarray(start, ends[part]));
    const scale = Math.sqrt(1 / ends.length) / Math.max(1e-12, norm);
    const cells = cellsOf(box, photo, map);
    const bins = pyramidBins(cells, settings.levels, 'adaptive').map(({ index, level, row, column, ...rect }) => {
      let evidence = 0;
      const first = start + index * channels;
      for (let d = first; d < first + channels; d++) evidence += (weights[d] as number) * (vector[d] as number) * scale;
      const { left, top, right, bottom } = rect;
      return { level, row, column, left, top, right, bottom, evidence };
    });
    return { map, stride: STRIDES[map], size: { height, width, channels }, cells, bins };
  });
  const score = maps.reduce((sum, { bins }) => bins.reduce((all, { evidence }) => all + evidence, sum), bias);
  return {
    classIndex,
    label: name,
    score,
    probability: plattProbability(platt, score),
    bias,
    input: photo.input,
    maps,
  };
}

function lengthOf(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
