import type { Box } from '../../../../core/find/boxes.ts';
import type { Size } from '../../../../core/model.ts';
import { type Point, within } from './editBoxes.ts';

/** How a photo lies on the stage: screen = scale · photo + (x, y), in CSS pixels from the stage's upper left corner. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

/** A rectangle on the stage, in CSS pixels. */
export interface ScreenRect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Room around the photo, in CSS pixels, so that handles at its edge can be held. */
export const STAGE_MARGIN = 16;
/** Most CSS pixels that a pixel of the photo may take. */
const LARGEST_PIXEL = 32;

/** The whole photo in the middle of the stage, as large as fits. */
export function fitView(photo: Size, stage: Size): View {
  const room = (side: number) => Math.max(1, side - 2 * STAGE_MARGIN);
  const scale = Math.min(room(stage.width) / photo.width, room(stage.height) / photo.height, LARGEST_PIXEL);
  return {
    scale,
    x: (stage.width - scale * photo.width) / 2,
    y: (stage.height - scale * photo.height) / 2,
  };
}

/** Keeps the photo on the stage: in the middle along a side that fits, else without a gap wider than the margin. */
export function keepOnStage(view: View, photo: Size, stage: Size): View {
  const place = (offset: number, length: number, room: number) =>
    length <= room - 2 * STAGE_MARGIN
      ? (room - length) / 2
      : within(offset, room - STAGE_MARGIN - length, STAGE_MARGIN);
  return {
    scale: view.scale,
    x: place(view.x, view.scale * photo.width, stage.width),
    y: place(view.y, view.scale * photo.height, stage.height),
  };
}

/** Zoomed by a factor about a place on the stage, between the whole photo and 32 CSS pixels a pixel. */
export function zoomAt(view: View, factor: number, at: Point, photo: Size, stage: Size): View {
  const least = fitView(photo, stage).scale;
  const scale = within(view.scale * factor, least, Math.max(least, LARGEST_PIXEL));
  const ratio = scale / view.scale;
  return keepOnStage({ scale, x: at.x - ratio * (at.x - view.x), y: at.y - ratio * (at.y - view.y) }, photo, stage);
}

export function panBy(view: View, dx: number, dy: number, photo: Size, stage: Size): View {
  return keepOnStage({ ...view, x: view.x + dx, y: view.y + dy }, photo, stage);
}

/** What two fingers do: what was under them stays under them, but for the turn. */
export function pinch(
  view: View,
  before: readonly [Point, Point],
  after: readonly [Point, Point],
  photo: Size,
  stage: Size,
): View {
  const middle = ([a, b]: readonly [Point, Point]) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const apart = ([a, b]: readonly [Point, Point]) => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
  const [from, to] = [middle(before), middle(after)];
  const moved = panBy(view, to.x - from.x, to.y - from.y, photo, stage);
  return zoomAt(moved, apart(after) / apart(before), to, photo, stage);
}

export function toPhoto(view: View, { x, y }: Point): Point {
  return { x: (x - view.x) / view.scale, y: (y - view.y) / view.scale };
}

export function toScreen(view: View, [left, top, right, bottom]: Box): ScreenRect {
  return {
    x: view.x + view.scale * left,
    y: view.y + view.scale * top,
    width: view.scale * (right - left),
    height: view.scale * (bottom - top),
  };
}

/** The view after a change, moved as little as needed so that the box can be seen. */
export function showBox(view: View, box: Box, photo: Size, stage: Size): View {
  const rect = toScreen(view, box);
  const shift = (start: number, length: number, room: number) => {
    if (start >= 0 && start + length <= room) return 0;
    if (length > room) return room / 2 - (start + length / 2);
    return start < 0 ? STAGE_MARGIN - start : room - STAGE_MARGIN - start - length;
  };
  const [dx, dy] = [shift(rect.x, rect.width, stage.width), shift(rect.y, rect.height, stage.height)];
  return dx === 0 && dy === 0 ? view : panBy(view, dx, dy, photo, stage);
}
