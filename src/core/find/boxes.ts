/** A rectangle in pixels of the upright photo, half-open: left ≤ x < right, top ≤ y < bottom. */
export type Box = readonly [left: number, top: number, right: number, bottom: number];

/** The box whose four numbers begin at `at`. */
export function boxAt(values: ArrayLike<number>, at = 0): Box {
  return [values[at] ?? 0, values[at + 1] ?? 0, values[at + 2] ?? 0, values[at + 3] ?? 0];
}

/** Pixels². 0 for a box without extent. */
export function boxArea([left, top, right, bottom]: Box): number {
  return Math.max(0, right - left) * Math.max(0, bottom - top);
}

/** Intersection over union, 0 … 1; 0 where neither box has extent. */
export function iou(a: Box, b: Box): number {
  const overlap = boxArea([Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])]);
  const union = boxArea(a) + boxArea(b) - overlap;
  return union > 0 ? overlap / union : 0;
}

/** The part of a box that lies in a photo of this size. */
export function clipBox([left, top, right, bottom]: Box, { width, height }: { width: number; height: number }): Box {
  const within = (value: number, side: number) => Math.min(side, Math.max(0, value));
  return [within(left, width), within(top, height), within(right, width), within(bottom, height)];
}

/** The largest IoU of a box with any of several, and which it is; −1 where there are none or none overlaps. */
export function bestOverlap(box: Box, others: readonly Box[]): { iou: number; index: number } {
  let best = { iou: 0, index: -1 };
  others.forEach((other, index) => {
    const value = iou(box, other);
    if (value > best.iou) best = { iou: value, index };
  });
  return best;
}
