import type { PixelRect, Size, SizePlan } from '../../../core/model.ts';
import type { CellRect } from '../../../core/pyramid/geometry.ts';

/** Input pixels per feature-map cell: MobileNetV2's stride. */
export const CELL = 32;

/** Feature-map cells of an input: ceil(side / 32) each way (TF SAME padding). */
export function mapSize(input: Size): { height: number; width: number } {
  return { height: Math.ceil(input.height / CELL), width: Math.ceil(input.width / CELL) };
}

/** Pixels of the model's input under a rectangle of cells; the last row and column end where the input ends. */
export function cellsToInput(cells: CellRect, input: Size): PixelRect {
  const x = Math.min(cells.left * CELL, input.width);
  const y = Math.min(cells.top * CELL, input.height);
  return {
    x,
    y,
    width: Math.min(cells.right * CELL, input.width) - x,
    height: Math.min(cells.bottom * CELL, input.height) - y,
  };
}

/**
 * Pixels of the oriented image under a rectangle of cells: through the model's input, back into the part of the
 * image that the size policy kept. Not rounded.
 */
export function cellsToImage(cells: CellRect, plan: Pick<SizePlan, 'source' | 'input'>): PixelRect {
  const { source, input } = plan;
  const inside = cellsToInput(cells, input);
  const scaleX = source.width / input.width;
  const scaleY = source.height / input.height;
  return {
    x: source.x + inside.x * scaleX,
    y: source.y + inside.y * scaleY,
    width: inside.width * scaleX,
    height: inside.height * scaleY,
  };
}

/** The place of an image pixel on the feature map, in cells with fractions; null outside the part that was kept. */
export function imageToCell(
  x: number,
  y: number,
  plan: Pick<SizePlan, 'source' | 'input'>,
): { row: number; column: number } | null {
  const { source, input } = plan;
  const right = x - source.x;
  const down = y - source.y;
  if (right < 0 || down < 0 || right >= source.width || down >= source.height) return null;
  return { row: (down / source.height) * (input.height / CELL), column: (right / source.width) * (input.width / CELL) };
}
