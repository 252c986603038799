import type { Size } from '../../../core/model.ts';

/** Thinner images are shown this thick, in CSS pixels: enough to see, to point at, and to lay a grid over. */
export const LEAST_SIDE = 24;

/** How many times thicker an image is shown than its own shape would be, fitted into this room; 1 for its own shape. */
export function timesThicker(image: Size, room: Size): number {
  const thickness =
    Math.min(image.width, image.height) * Math.min(room.width / image.width, room.height / image.height);
  return thickness > 0 && thickness < LEAST_SIDE ? LEAST_SIDE / thickness : 1;
}
