import type { Size } from '../../../core/model.ts';
import { paperBinCount, workingPaperSides } from '../../../core/pyramid/geometry.ts';
import { CELL, mapSize } from '../figure/cellsToImage.ts';

export interface PaperProblem {
  side: 'height' | 'width';
  cells: number;
  level: number;
  /** Bins that the rule gives instead of `level`. */
  bins: number;
  /** Input sides near it that work, in pixels. */
  pixels: { from: number; to: number }[];
}

/** Where the paper rule does not give n bins on an input of this size, and which sides would do for that level; empty where it fits. */
export function paperProblems(input: Size, levels: readonly number[]): PaperProblem[] {
  const map = mapSize(input);
  return levels.flatMap((level) =>
    (['height', 'width'] as const)
      .filter((side) => paperBinCount(map[side], level) !== level)
      .map((side) => ({
        side,
        cells: map[side],
        level,
        bins: paperBinCount(map[side], level),
        pixels: inPixels(workingPaperSides(level, map[side])),
      })),
  );
}

/** Input pixels that give these numbers of cells, neighbours put together. */
function inPixels(sides: readonly number[]): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  for (const cells of sides) {
    const from = (cells - 1) * CELL + 1;
    const last = ranges.at(-1);
    if (last && last.to === from - 1) last.to = cells * CELL;
    else ranges.push({ from, to: cells * CELL });
  }
  return ranges;
}
