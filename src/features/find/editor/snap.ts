import { type Box, boxArea, iou } from '../../../core/find/boxes.ts';
import type { Point } from './editBoxes.ts';

/** A proposal this like a box that is already there is not offered again. */
const TAKEN = 0.7;
/** Two proposals this like each other are one step of {@link proposalsAt}. */
const SAME = 0.8;

function holds([left, top, right, bottom]: Box, { x, y }: Point): boolean {
  return left <= x && x < right && top <= y && y < bottom;
}

/**
 * The proposals around a place, tightest first, each different enough from the one before to be worth a step.
 * @param leastSide in pixels of the photo: smaller ones are crumbs that nobody means
 * @param taken boxes that are there already: what is nearly one of them is left out
 */
export function proposalsAt(
  proposals: readonly Box[],
  at: Point,
  leastSide: number,
  taken: readonly Box[] = [],
): readonly Box[] {
  const around = proposals
    .filter((box) => holds(box, at) && box[2] - box[0] >= leastSide && box[3] - box[1] >= leastSide)
    .filter((box) => !taken.some((other) => iou(box, other) > TAKEN))
    .sort((a, b) => boxArea(a) - boxArea(b));
  const steps: Box[] = [];
  for (const box of around) {
    const last = steps.at(-1);
    if (!last || iou(last, box) <= SAME) steps.push(box);
  }
  return steps;
}

/** The next larger (1) or smaller (−1) of the proposals around a place, seen from a box; null where there is none. */
export function nextProposal(steps: readonly Box[], box: Box, step: 1 | -1): Box | null {
  const others = steps.filter((other) => other.some((value, side) => value !== box[side]));
  const area = boxArea(box);
  return (step === 1 ? others.find((o) => boxArea(o) > area) : others.findLast((o) => boxArea(o) < area)) ?? null;
}
