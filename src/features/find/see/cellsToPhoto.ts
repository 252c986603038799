import type { Box } from '../../../core/find/boxes.ts';
import { type CellRect, cellPhase } from '../../../core/find/windowCells.ts';
import type { Size } from '../../../core/model.ts';

/**
 * Pixels of the photo that cells stand for: a stride around each cell's centre, which is at stride·m + phase + ½ input pixels, clipped to the photo.
 * @param input size that the model saw of the photo
 */
export function cellsToPhoto(cells: CellRect, stride: number, input: Size, photo: Size): Box {
  const [left, right] = along(cells.left, cells.right, stride, input.width, photo.width);
  const [top, bottom] = along(cells.top, cells.bottom, stride, input.height, photo.height);
  return [left, top, right, bottom];
}

function along(first: number, end: number, stride: number, input: number, photo: number): [number, number] {
  const edge = (cell: number) => {
    const at = stride * cell + cellPhase(input, stride) + 0.5 - stride / 2;
    return (Math.min(input, Math.max(0, at)) * photo) / input;
  };
  return [edge(first), edge(end)];
}
