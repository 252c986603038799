import { bestOverlap, type Box } from './boxes.ts';

export interface ScoredBoxes {
  boxes: readonly Box[];
  scores: readonly number[];
}

/** One found box, in the order of scores over all photos. */
export interface Match {
  photo: number;
  index: number;
  score: number;
  /** Which true box it is the first to find; −1 for none. */
  truth: number;
}

export interface PrecisionRecall {
  /** Area under the interpolated curve at all points (PASCAL VOC 2010 on), 0 … 1; null where there is no true box. */
  ap: number | null;
  /** One per found box, best score first. */
  precision: number[];
  recall: number[];
  matches: Match[];
}

/**
 * Average precision of one class over photos: found boxes in order of score, each taken as right where the true box it overlaps most has at
 * least `threshold` IoU with it and was not found before.
 *
 * @param truth true boxes of every photo
 * @param found found boxes of every photo, in any order
 */
export function averagePrecision(
  truth: readonly (readonly Box[])[],
  found: readonly ScoredBoxes[],
  threshold = 0.5,
): PrecisionRecall {
  const total = truth.reduce((sum, boxes) => sum + boxes.length, 0);
  const order = found
    .flatMap(({ scores }, photo) => scores.map((score, index) => ({ photo, index, score })))
    .sort((a, b) => b.score - a.score);
  const taken = truth.map((boxes) => boxes.map(() => false));
  const matches: Match[] = [];
  const precision: number[] = [];
  const recall: number[] = [];
  let right = 0;
  for (const { photo, index, score } of order) {
    const box = found[photo]?.boxes[index];
    const best = box ? bestOverlap(box, truth[photo] ?? []) : { index: -1, iou: 0 };
    const free = taken[photo];
    const hit = best.iou >= threshold && free !== undefined && free[best.index] === false;
    if (hit) {
      free[best.index] = true;
      right++;
    }
    matches.push({ photo, index, score, truth: hit ? best.index : -1 });
    precision.push(right / matches.length);
    recall.push(total > 0 ? right / total : 0);
  }
  return { ap: total > 0 ? areaUnder(precision, recall) : null, precision, recall, matches };
}

/** Precision at every recall made the largest at that recall or beyond, then summed over the steps of recall. */
function areaUnder(precision: readonly number[], recall: readonly number[]): number {
  let area = 0;
  let best = 0;
  for (let i = precision.length - 1; i >= 0; i--) {
    best = Math.max(best, precision[i] ?? 0);
    area += best * ((recall[i] ?? 0) - (recall[i - 1] ?? 0));
  }
  return area;
}
