import type { Size } from '../../../core/model.ts';
import { STRIDE } from '../../../core/featureMap.ts';
import type { TilePlan } from './tiles.ts';

/**
 * Where the tiles' valid parts begin and end along each side of the input, in pixels, 0 and the side itself included: what to draw of a plan.
 * @param input the model's input that was cut
 */
export function tileEdges({ tiles }: TilePlan, input: Size): { x: number[]; y: number[] } {
  const starts = (cells: number[]) => [...new Set(cells)].sort((a, b) => a - b).map((cell) => cell * STRIDE);
  return {
    x: [...starts(tiles.map(({ origin, valid }) => origin.left + valid.left)), input.width],
    y: [...starts(tiles.map(({ origin, valid }) => origin.top + valid.top)), input.height],
  };
}
