import { type Box, boxAt, clipBox } from '../../../../core/find/boxes.ts';
import type { Size } from '../../../../core/model.ts';

/** A place in a photo or on the screen. */
export interface Point {
  x: number;
  y: number;
}

/** The side or corner of a box that is held, by the points of the compass. */
export type Handle = 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'nw';

/** Shortest side of a box that can be made, in pixels of the photo, where the photo itself is not shorter. */
export const LEAST_SIDE = 3;

/** The value, or the nearer of the two bounds where it is outside of them. */
export const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** A box in whole pixels, inside of the photo. */
export function wholePixels(box: Box, size: Size): Box {
  return clipBox(boxAt(box.map(Math.round)), size);
}

/**
 * The box between two dragged corners, in whichever order, clipped to the photo, in whole pixels.
 * @returns null where it is smaller than {@link LEAST_SIDE}
 */
export function boxBetween(a: Point, b: Point, size: Size): Box | null {
  const box = wholePixels([Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y)], size);
  return tooSmall(box, size) ? null : box;
}

function tooSmall([left, top, right, bottom]: Box, { width, height }: Size): boolean {
  return right - left < Math.min(LEAST_SIDE, width) || bottom - top < Math.min(LEAST_SIDE, height);
}

/** The box moved by (dx, dy) pixels, as far as the photo goes; it keeps its size. */
export function moveBox([left, top, right, bottom]: Box, dx: number, dy: number, { width, height }: Size): Box {
  const x = within(Math.round(dx), -left, Math.max(-left, width - right));
  const y = within(Math.round(dy), -top, Math.max(-top, height - bottom));
  return [left + x, top + y, right + x, bottom + y];
}

/** One axis of a box whose one end moves: it may pass the other end, stays in the photo, and keeps its least length. */
function moveEnd(fixed: number, moved: number, side: number): [number, number] {
  const least = Math.min(LEAST_SIDE, side);
  let end = within(Math.round(moved), 0, side);
  if (Math.abs(end - fixed) < least) {
    const up = end >= fixed ? fixed + least <= side : fixed - least < 0;
    end = up ? fixed + least : fixed - least;
  }
  return end < fixed ? [end, fixed] : [fixed, end];
}

/** The box with one handle moved by (dx, dy) pixels of the photo. A side may pass the one opposite. */
export function resizeBox(box: Box, handle: Handle, dx: number, dy: number, size: Size): Box {
  let [left, top, right, bottom] = box;
  if (handle.includes('w')) [left, right] = moveEnd(right, left + dx, size.width);
  else if (handle.includes('e')) [left, right] = moveEnd(left, right + dx, size.width);
  if (handle.includes('n')) [top, bottom] = moveEnd(bottom, top + dy, size.height);
  else if (handle.includes('s')) [top, bottom] = moveEnd(top, bottom + dy, size.height);
  return [left, top, right, bottom];
}

/** Where a box begins that was asked for without a place: the middle third of the photo. */
export function middleBox({ width, height }: Size): Box {
  const box = wholePixels([width / 3, height / 3, (2 * width) / 3, (2 * height) / 3], { width, height });
  return tooSmall(box, { width, height }) ? [0, 0, width, height] : box;
}

/** A box at the same place of another photo: in the same pixels where the sizes agree, else in proportion. */
export function onAnotherPhoto(box: Box, from: Size, to: Size): Box {
  const x = to.width / from.width;
  const y = to.height / from.height;
  const scaled = wholePixels([box[0] * x, box[1] * y, box[2] * x, box[3] * y], to);
  return tooSmall(scaled, to) ? middleBox(to) : scaled;
}
