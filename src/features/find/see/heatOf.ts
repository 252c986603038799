import type { Box } from '../../../core/find/boxes.ts';
import type { Size } from '../../../core/model.ts';

/**
 * How many boxes cover each cell of a grid over a photo, as shares of the most, row-major.
 * @param columns of the grid; its rows follow from the photo's shape
 */
export function heatOf(
  boxes: readonly Box[],
  photo: Size,
  columns: number,
): { rows: number; columns: number; shares: Float32Array } {
  const rows = Math.max(1, Math.round((columns * photo.height) / photo.width));
  const counts = new Float32Array(rows * columns);
  const cell = (value: number, side: number, cells: number) =>
    Math.min(cells, Math.max(0, Math.round((value / side) * cells)));
  for (const [left, top, right, bottom] of boxes) {
    const [x0, x1] = [cell(left, photo.width, columns), cell(right, photo.width, columns)];
    const [y0, y1] = [cell(top, photo.height, rows), cell(bottom, photo.height, rows)];
    for (let y = y0; y < y1; y++)
      for (let x = x0; x < x1; x++) counts[y * columns + x] = (counts[y * columns + x] ?? 0) + 1;
  }
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  return { rows, columns, shares: most > 0 ? counts.map((count) => count / most) : counts };
}
