import { binSpan, levelOffsets, levelsNest } from '../../core/pyramid/geometry.ts';
import { windowAt, windowCount, WINDOW_ROW, type SppAttributes } from './attributes.ts';

/** Ints in a row of each table of {@link Plan.table}. */
export const BIN_ROW = 4;
export const LEVEL_ROW = 3;
export const PLACED_WINDOW_ROW = 6;

/**
 * Bin placement as one list of ints that a GPU reads, so that geometry.ts stays the only place that places bins.
 * - bins, first `pooled` rows: [row span, column span, bin, 0], pooled from the map;
 *   the rest: [first source bin, bins per side k, source level n, bin], the maximum of k×k bins of another level;
 * - levels: [n, first bin, first span];
 * - windows: [top, left, bottom, right, span table of its height, span table of its width];
 * - span tables: per distinct side [start, end] of every bin of every level.
 */
export interface Plan {
  table: Int32Array;
  bins: number;
  pooled: number;
  levelTable: number;
  windowTable: number;
}

/** Lengths of the windows' sides, each once. */
function distinctSides({ windows }: SppAttributes): { heights: Set<number>; widths: Set<number> } {
  const heights = new Set<number>();
  const widths = new Set<number>();
  for (let at = 0; at < windows.length; at += WINDOW_ROW) {
    heights.add((windows[at + 2] as number) - (windows[at] as number));
    widths.add((windows[at + 3] as number) - (windows[at + 1] as number));
  }
  return { heights, widths };
}

/**
 * For each level the index of the level its maxima are taken from, or −1 where it is pooled from the map. Sources are
 * always pooled from the map themselves, so one step of derivation is enough.
 */
export function levelSources(attributes: SppAttributes): number[] {
  const { levels, rule, pooling } = attributes;
  // Bins of a level may overlap, so a mean is not the mean of finer bins.
  if (pooling === 'mean') return levels.map(() => -1);
  const { heights, widths } = distinctSides(attributes);
  const sides = [...new Set([...heights, ...widths])];
  const nests = (coarse: number, fine: number) =>
    coarse < fine && sides.every((side) => levelsNest(side, coarse, fine, rule));
  const derived = levels.map((n) => levels.some((fine) => nests(n, fine)));
  return levels.map((n) => {
    let best = -1;
    levels.forEach((fine, index) => {
      if (derived[index] || !nests(n, fine)) return;
      if (best < 0 || fine < (levels[best] as number)) best = index;
    });
    return best;
  });
}

/** The bin table: rows of pooled bins, then rows of derived ones. */
function binRows(attributes: SppAttributes): { pooled: number[][]; derived: number[][] } {
  const { levels } = attributes;
  const firstBin = levelOffsets(levels);
  const firstSpan = spanOffsets(levels);
  const sources = levelSources(attributes);
  const pooled: number[][] = [];
  const derived: number[][] = [];
  levels.forEach((n, level) => {
    const source = sources[level] as number;
    for (let row = 0; row < n; row++) {
      for (let column = 0; column < n; column++) {
        const bin = (firstBin[level] as number) + row * n + column;
        if (source < 0) {
          pooled.push([(firstSpan[level] as number) + row, (firstSpan[level] as number) + column, bin, 0]);
        } else {
          const fine = levels[source] as number;
          const ratio = fine / n;
          derived.push([(firstBin[source] as number) + row * ratio * fine + column * ratio, ratio, fine, bin]);
        }
      }
    }
  });
  return { pooled, derived };
}

/** First span of each level in a span table, with the total appended. */
function spanOffsets(levels: readonly number[]): number[] {
  const offsets = [0];
  for (const n of levels) offsets.push((offsets.at(-1) ?? 0) + n);
  return offsets;
}

/** Places the bins of all windows. The table's length is a power of two: distinct buffer sizes stay few. */
export function makePlan(attributes: SppAttributes): Plan {
  const { levels, rule, windows } = attributes;
  const { pooled, derived } = binRows(attributes);
  const bins = pooled.length + derived.length;
  const firstBin = levelOffsets(levels);
  const firstSpan = spanOffsets(levels);
  const levelTable = bins * BIN_ROW;
  const windowTable = levelTable + levels.length * LEVEL_ROW;
  const spanStart = windowTable + windowCount(attributes) * PLACED_WINDOW_ROW;

  const { heights, widths } = distinctSides(attributes);
  const spanTable = new Map<number, number>();
  const spans: number[] = [];
  for (const side of new Set([...heights, ...widths])) {
    spanTable.set(side, spanStart + spans.length);
    for (const n of levels) {
      for (let i = 0; i < n; i++) {
        const { start, end } = binSpan(side, n, i, rule);
        spans.push(start, end);
      }
    }
  }

  const table = new Int32Array(2 ** Math.ceil(Math.log2(spanStart + spans.length)));
  table.set([...pooled, ...derived].flat());
  table.set(
    levels.flatMap((n, level) => [n, firstBin[level] as number, firstSpan[level] as number]),
    levelTable,
  );
  for (let window = 0; window < windowCount(attributes); window++) {
    const row = windows.subarray(window * WINDOW_ROW, (window + 1) * WINDOW_ROW);
    const { top, left, bottom, right } = windowAt(windows, window);
    const at = windowTable + window * PLACED_WINDOW_ROW;
    table.set(row, at);
    table[at + 4] = spanTable.get(bottom - top) as number;
    table[at + 5] = spanTable.get(right - left) as number;
  }
  table.set(spans, spanStart);
  return { table, bins, pooled: pooled.length, levelTable, windowTable };
}
