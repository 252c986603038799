import type { PixelRect, Size } from '../../../core/model.ts';
import type { Bin, CellRect } from '../../../core/pyramid/geometry.ts';
import { cellsToImage, imageToCell } from '../figure/cellsToImage.ts';
import { peaks } from '../readout/measures.ts';
import type { PanelModel } from '../panelModel.ts';

/** A rectangle of cells in CSS pixels of the displayed image. */
export function cellsOnScreen(model: PanelModel, cells: CellRect, shown: Size): PixelRect {
  const { plan, facts } = model.inspection;
  const { x, y, width, height } = cellsToImage(cells, plan);
  const scaleX = shown.width / facts.width;
  const scaleY = shown.height / facts.height;
  return { x: x * scaleX, y: y * scaleY, width: width * scaleX, height: height * scaleY };
}

/** The bins of a level that stand at a place of the displayed image: the one whose middle is nearest among those that cover it. */
export function binOnScreen(model: PanelModel, level: number, x: number, y: number, shown: Size): Bin | null {
  const { facts, plan } = model.inspection;
  const cell = imageToCell((x / shown.width) * facts.width, (y / shown.height) * facts.height, plan);
  if (!cell) return null;
  const bins = model.bins.filter((bin) => bin.level === level && covers(bin, cell.row, cell.column));
  const distance = (bin: Bin): number =>
    Math.hypot((bin.top + bin.bottom) / 2 - cell.row, (bin.left + bin.right) / 2 - cell.column);
  return bins.sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

/** The flat cell at a place of the displayed image. */
export function cellOnScreen(model: PanelModel, x: number, y: number, shown: Size): number | null {
  const { facts, plan, map } = model.inspection;
  const cell = imageToCell((x / shown.width) * facts.width, (y / shown.height) * facts.height, plan);
  return cell && Math.floor(cell.row) * map.width + Math.floor(cell.column);
}

function covers(cells: CellRect, row: number, column: number): boolean {
  return row >= cells.top && row < cells.bottom && column >= cells.left && column < cells.right;
}

/** One cell as a rectangle of cells. */
export function oneCell(cell: number, mapWidth: number): CellRect {
  const top = Math.floor(cell / mapWidth);
  const left = cell % mapWidth;
  return { top, left, bottom: top + 1, right: left + 1 };
}

/**
 * The cells that a bin shares with its neighbours in the same level; none where bins only touch. Neighbours that hold all of the
 * bin (on maps smaller than the grid) are left out: there is nothing left to tell apart.
 */
export function overlaps(model: PanelModel, bin: Bin): CellRect[] {
  return model.bins
    .filter((other) => other.level === bin.level && other.index !== bin.index)
    .map((other) => ({
      top: Math.max(bin.top, other.top),
      left: Math.max(bin.left, other.left),
      bottom: Math.min(bin.bottom, other.bottom),
      right: Math.min(bin.right, other.right),
    }))
    .filter((shared) => shared.top < shared.bottom && shared.left < shared.right && !sameCells(shared, bin));
}

function sameCells(a: CellRect, b: CellRect): boolean {
  return a.top === b.top && a.left === b.left && a.bottom === b.bottom && a.right === b.right;
}

export interface Dot {
  cell: number;
  /** Share of the dot's cell, by area: 1 for the largest dot. */
  size: number;
}

/**
 * Where maxima were found: of one channel when `channel` is given, else of all channels of the bin, sized by how many peak there.
 * Without a bin, one channel's maxima in all bins of a level. Empty for mean pooling.
 */
export function dots(model: PanelModel, bin: Bin | null, channel: number | null, level: number | null): Dot[] {
  const { argmax, vector } = model.inspection;
  if (!argmax) return [];
  if (channel !== null) {
    const bins = bin ? [bin] : model.bins.filter((other) => other.level === level);
    const cells = bins
      .map((other) => other.index * model.channels + channel)
      .filter((at) => (vector[at] ?? 0) > 0)
      .map((at) => argmax[at] ?? 0);
    return [...new Set(cells)].map((cell) => ({ cell, size: 0.25 }));
  }
  if (!bin) return [];
  const found = peaks(argmax, vector, model.channels, bin.index);
  const most = found[0]?.count ?? 1;
  return found.map(({ cell, count }) => ({ cell, size: count / most }));
}
