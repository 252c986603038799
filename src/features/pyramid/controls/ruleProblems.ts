import type { Size } from '../../../core/model.ts';
import { binsOnSide, type Rule, workingSides } from '../../../core/pyramid/geometry.ts';
import { CELL, mapSize } from '../figure/cellsToImage.ts';

export interface RuleProblem {
  side: 'height' | 'width';
  cells: number;
  level: number;
  /** Bins that the rule gives instead of `level`. */
  bins: number;
  /** Input sides near it that work, in pixels. */
  pixels: { from: number; to: number }[];
}

/** Where a rule does not give n bins on an input of this size, and which sides would do for that level; empty where it fits. */
export function ruleProblems(input: Size, levels: readonly number[], rule: Rule): RuleProblem[] {
  const map = mapSize(input);
  return levels.flatMap((level) =>
    (['height', 'width'] as const)
      .filter((side) => binsOnSide(map[side], level, rule) !== level)
      .map((side) => ({
        side,
        cells: map[side],
        level,
        bins: binsOnSide(map[side], level, rule),
        pixels: inPixels(workingSides(level, map[side], rule)),
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
