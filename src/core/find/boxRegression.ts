import type { Size } from '../model.ts';
import { type Box, clipBox } from './boxes.ts';

/** (tx, ty, tw, th) of R-CNN (Girshick et al. 2014, appendix C), which SPP-net uses: shift in sides of the proposal, log of the ratio of sides. */
export type BoxOffsets = readonly [tx: number, ty: number, tw: number, th: number];

/** Sides change by e² at most when offsets are applied. */
export const MOST_LOG = 2;

const shape = ([left, top, right, bottom]: Box) => ({
  width: right - left,
  height: bottom - top,
  x: (left + right) / 2,
  y: (top + bottom) / 2,
});

/** Offsets that lead from a proposal to a true box. Both need extent. */
export function offsetsTo(proposal: Box, truth: Box): BoxOffsets {
  const [p, t] = [shape(proposal), shape(truth)];
  return [(t.x - p.x) / p.width, (t.y - p.y) / p.height, Math.log(t.width / p.width), Math.log(t.height / p.height)];
}

/** A proposal moved by offsets (tw and th clamped to ±2) and clipped to the photo. */
export function applyOffsets(proposal: Box, [tx, ty, tw, th]: BoxOffsets, photo: Size): Box {
  const p = shape(proposal);
  const clamp = (value: number) => Math.min(MOST_LOG, Math.max(-MOST_LOG, value));
  const [x, y] = [p.x + tx * p.width, p.y + ty * p.height];
  const [width, height] = [p.width * Math.exp(clamp(tw)), p.height * Math.exp(clamp(th))];
  return clipBox([x - width / 2, y - height / 2, x + width / 2, y + height / 2], photo);
}
