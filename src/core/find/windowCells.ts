import type { Size } from '../model.ts';
import type { Box } from './boxes.ts';

/** Cells of a feature map, half-open. */
export interface CellRect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * Where TF's SAME padding puts the cells of a map along one axis: cell m is centred at stride·m + phase + ½ input pixels, with n₀ = side,
 * nₛ₊₁ = ⌈nₛ/2⌉ and phase = Σ 2ˢ·[nₛ even] for s < log₂ stride. It is 31 at 224 px and 11 at 300 px (stride 32).
 *
 * @param side of the model's input, pixels
 * @param stride a power of two: 32 for the last map, 16 for `block_13_expand`
 */
export function cellPhase(side: number, stride: number): number {
  let phase = 0;
  let rest = side;
  for (let step = 1; step < stride; step *= 2) {
    if (rest % 2 === 0) phase += step;
    rest = Math.ceil(rest / 2);
  }
  return phase;
}

/** Cells: a border that scaling to the model's input has moved by a rounding error still counts. */
const ROUNDING = 1e-9;

/** Cells along one axis whose centres lie in [from, to] input pixels; where there are none, the cell nearest to the middle. */
function cellsAlong(from: number, to: number, side: number, stride: number): [first: number, end: number] {
  const cells = Math.ceil(side / stride);
  const offset = cellPhase(side, stride) + 0.5;
  const within = (cell: number) => Math.min(cells - 1, Math.max(0, cell));
  const first = Math.ceil((from - offset) / stride - ROUNDING);
  const last = Math.floor((to - offset) / stride + ROUNDING);
  if (first > last || last < 0 || first >= cells) {
    const nearest = within(Math.round(((from + to) / 2 - offset) / stride + ROUNDING));
    return [nearest, nearest + 1];
  }
  return [within(first), within(last) + 1];
}

/**
 * The window of a feature map that a box of the photo covers (He et al. 2014, appendix A, “Mapping a Window to Feature Maps”, done for TF's
 * SAME padding): the cells whose centres lie in the box, at least one per axis.
 *
 * @param box in pixels of the photo
 * @param photo size of the photo; `input`: size that the model saw of all of it
 * @param stride of the map, input pixels per cell
 */
export function windowCells(box: Box, photo: Size, input: Size, stride: number): CellRect {
  const [sx, sy] = [input.width / photo.width, input.height / photo.height];
  const [left, right] = cellsAlong(box[0] * sx, box[2] * sx, input.width, stride);
  const [top, bottom] = cellsAlong(box[1] * sy, box[3] * sy, input.height, stride);
  return { left, top, right, bottom };
}
