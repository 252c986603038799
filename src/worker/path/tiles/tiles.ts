import { cellsOf, STRIDE } from '../../../core/featureMap.ts';
import type { CellRect } from '../../../core/pyramid/geometry.ts';
import type { PixelRect, Size } from '../../../core/model.ts';

/**
 * Cells at a tile's inner edges that see beyond it. The receptive field is 491 px: a cell reaches 245 − s px before its first pixel and
 * 244 + s px from it on, s = (side − 1) mod 32 (SAME padding puts the odd pixel behind), and both fit into 8 cells for every s.
 */
export const HALO = 8;
/** A tile smaller than this would be halo only. */
const MIN_TILE_CELLS = 2 * HALO + 1;
/** Smallest budget that every image can be cut to. */
export const MIN_TILE_PIXELS = (MIN_TILE_CELLS * STRIDE) ** 2;

/** One piece of the model's input. */
export interface Tile {
  /** What it reads of the model's input. */
  pixels: PixelRect;
  /** Where its first cell stands in the whole map. */
  origin: { top: number; left: number };
  /** Its cells that equal those of the untiled map, in its own coordinates; over all tiles they cover the map once. */
  valid: CellRect;
}

export interface TilePlan {
  /** Size of every tile in pixels. */
  tile: Size;
  /** The whole map in cells. */
  cells: Size;
  tiles: Tile[];
}

/** A side cut into `count` tiles of `cells` cells. */
interface Cut {
  count: number;
  cells: number;
}

/**
 * Cuts an input of the backbone into tiles of at most `budget` pixels whose valid cells equal those of the untiled map exactly (ARCHITECTURE.md,
 * "Any size, for real"): sides ≡ the input's (mod 32), so that SAME padding samples at the same phase; origins at multiples of 32; 8 cells of
 * halo at inner edges. All tiles are of one size, and of the possible cuts the one with the fewest pixels in all is taken. Where
 * no cut keeps to the budget the smallest tiles are taken, at most {@link MIN_TILE_PIXELS}. One tile where all of it fits.
 */
export function planTiles(input: Size, budget: number): TilePlan {
  const cells = { width: cellsOf(input.width), height: cellsOf(input.height) };
  const [rows, columns] = cheapestCuts(input, cells, budget);
  const tile = { width: pixelsOf(columns.cells, input.width), height: pixelsOf(rows.cells, input.height) };
  const tiles = stretches(rows, cells.height).flatMap((down) =>
    stretches(columns, cells.width).map((across) => ({
      pixels: { x: across.origin * STRIDE, y: down.origin * STRIDE, ...tile },
      origin: { top: down.origin, left: across.origin },
      valid: { top: down.start, left: across.start, bottom: down.end, right: across.end },
    })),
  );
  return { tile, cells, tiles };
}

/** Side in pixels of a tile of `cells` cells: ≡ `side` (mod 32). */
function pixelsOf(cells: number, side: number): number {
  return side - (cellsOf(side) - cells) * STRIDE;
}

/** The cut of a side into `count` tiles, which overlap by two halos: count·cells − 2·HALO·(count − 1) ≥ side. */
function cut(side: number, count: number): Cut {
  return { count, cells: count === 1 ? side : 2 * HALO + Math.ceil((side - 2 * HALO) / count) };
}

/** Fewest tiles of at most `most` cells along a side; null where even the smallest is larger. */
function cutWithin(side: number, most: number): Cut | null {
  if (side <= most) return cut(side, 1);
  return most < MIN_TILE_CELLS ? null : cut(side, Math.ceil((side - 2 * HALO) / (most - 2 * HALO)));
}

function cheapestCuts(input: Size, cells: Size, budget: number): [Cut, Cut] {
  let best: { cuts: [Cut, Cut]; pixels: number } | null = null;
  const mostRows = Math.max(1, cells.height - 2 * HALO);
  for (let count = 1; count <= mostRows; count++) {
    const rows = cut(cells.height, count);
    const height = pixelsOf(rows.cells, input.height);
    const short = cells.width * STRIDE - input.width;
    const columns = cutWithin(cells.width, Math.floor((Math.floor(budget / height) + short) / STRIDE));
    if (!columns) continue;
    const pixels = rows.count * columns.count * height * pixelsOf(columns.cells, input.width);
    if (!best || pixels < best.pixels) best = { cuts: [rows, columns], pixels };
  }
  return best?.cuts ?? [cut(cells.height, mostRows), cut(cells.width, Math.max(1, cells.width - 2 * HALO))];
}

/** Origins and valid cells of the tiles along a side. Later tiles start where the one before stops being valid. */
function stretches({ count, cells }: Cut, side: number): { origin: number; start: number; end: number }[] {
  let covered = 0;
  return Array.from({ length: count }, (_, i) => {
    const last = i === count - 1;
    const origin = last ? side - cells : i * (cells - 2 * HALO);
    const start = covered - origin;
    const end = last ? cells : cells - HALO;
    covered = origin + end;
    return { origin, start, end };
  });
}
