import { type Box, iou } from './boxes.ts';

/**
 * Greedy non-maximum suppression: the best box is kept, boxes whose IoU with a kept one is above the threshold go.
 * @returns indices of the kept boxes, best first; the lower index first where scores tie
 */
export function suppress(
  boxes: readonly Box[],
  scores: ArrayLike<number>,
  threshold: number,
  most = Infinity,
): number[] {
  const order = boxes.map((_, index) => index).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  const kept: number[] = [];
  for (const index of order) {
    if (kept.length >= most) break;
    const box = boxes[index];
    if (box && kept.every((other) => iou(boxes[other] ?? box, box) <= threshold)) kept.push(index);
  }
  return kept;
}

/** Boxes that overlap a kept one by more than this have a say in where it lies. */
const VOTE_IOU = 0.5;
const LEAST_WEIGHT = 1e-3;

/**
 * Box voting (Gidaris and Komodakis 2015): every kept box becomes the mean of the boxes with IoU > ½ with it, weighted by
 * max(10⁻³, σ(2·score)).
 */
export function voteBoxes(boxes: readonly Box[], scores: ArrayLike<number>, kept: readonly number[]): Box[] {
  return kept.flatMap((index) => {
    const own = boxes[index];
    if (!own) return [];
    const sum = [0, 0, 0, 0];
    let weights = 0;
    boxes.forEach((box, other) => {
      if (iou(own, box) <= VOTE_IOU) return;
      const weight = Math.max(LEAST_WEIGHT, 1 / (1 + Math.exp(-2 * (scores[other] ?? 0))));
      weights += weight;
      box.forEach((value, side) => (sum[side] = (sum[side] ?? 0) + weight * value));
    });
    const [left = 0, top = 0, right = 0, bottom = 0] = sum;
    return weights > 0 ? [[left / weights, top / weights, right / weights, bottom / weights] as const] : [own];
  });
}
