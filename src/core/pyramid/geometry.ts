/** Bin geometry of spatial pyramid pooling: the one place where bins are placed, by the rules beside it. Pure. */
import type { Span } from './rules/descriptor.ts';
import { type Rule, RULES, ruleOf } from './rules/rules.ts';

export type { Pooling } from './poolings.ts';
export type { Rule } from './rules/rules.ts';

/** Half-open rectangle of cells of a feature map: rows `top…bottom`, columns `left…right`. */
export interface CellRect {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** One bin of a pyramid: which level (by position in the pyramid), row and column, and the cells it covers. */
export interface Bin extends CellRect {
  index: number;
  level: number;
  row: number;
  column: number;
}

export const DEFAULT_LEVELS: readonly number[] = [4, 2, 1];
export const MAX_LEVEL = 16;

/** The levels given are no pyramid: not a non-empty list of distinct integers 1…16. */
export class PyramidError extends Error {
  override name = 'PyramidError';
}

/** A rule does not give n bins at this size (ARCHITECTURE.md, "SPP, exactly"). Its name tells the rule: `PaperRuleError`. */
export class RuleError extends Error {
  constructor(
    readonly side: number,
    readonly level: number,
    readonly rule: Rule,
  ) {
    super(
      `the ${rule} rule does not give n bins at this size: a side of ${side} cells with n = ${level} gives ` +
        `${binsOnSide(side, level, rule)} bins; sides that work near it: ${workingSides(level, side, rule).join(', ')}`,
    );
    this.name = `${ruleOf(rule).label}RuleError`;
  }
}

/** True for the name of a {@link RuleError}, also of one that came from the worker. */
export function isRuleErrorName(name: string): boolean {
  return RULES.some(({ label }) => name === `${label}RuleError`);
}

/**
 * Throws {@link PyramidError} unless `levels` is a non-empty list of distinct integers in 1…16.
 * @param levels bins per side of each level, in pyramid order (any order is allowed; finest first is usual)
 */
export function checkLevels(levels: readonly number[]): void {
  if (levels.length === 0) throw new PyramidError('a pyramid needs at least one level');
  for (const n of levels) {
    if (!Number.isInteger(n) || n < 1 || n > MAX_LEVEL) {
      throw new PyramidError(`a level is a whole number from 1 to ${MAX_LEVEL}; got ${n}`);
    }
  }
  if (new Set(levels).size !== levels.length) throw new PyramidError('each level may appear once');
}

/** Bins in a pyramid: the sum of n² over its levels. */
export function binCount(levels: readonly number[]): number {
  return levels.reduce((sum, n) => sum + n * n, 0);
}

/** Bins that a rule gives on a side of `side` cells where `n` are wanted. */
export function binsOnSide(side: number, n: number, rule: Rule): number {
  return ruleOf(rule).bins?.(side, n) ?? n;
}

/** The sides nearest to `near` (in cells, at most `count` of them, ascending) at which a rule gives n bins. */
export function workingSides(n: number, near: number, rule: Rule, count = 4): number[] {
  const sides: number[] = [];
  for (let distance = 0; sides.length < count && distance <= near + n * n * 2; distance++) {
    for (const side of distance === 0 ? [near] : [near - distance, near + distance]) {
      if (side >= 1 && binsOnSide(side, n, rule) === n && sides.length < count) sides.push(side);
    }
  }
  return sides.sort((a, b) => a - b);
}

/**
 * Cells of bin `i` of `n` on a side of `side` cells, by the rule's descriptor.
 * @throws RuleError where the rule does not give n bins
 */
export function binSpan(side: number, n: number, i: number, rule: Rule): Span {
  if (binsOnSide(side, n, rule) !== n) throw new RuleError(side, n, rule);
  return ruleOf(rule).span(side, n, i);
}

/**
 * Whether every bin of a level of `coarse` bins is exactly the union of bins of a level of `fine` bins on a side of `side`
 * cells, so that its maximum is the maximum of theirs. Bin i of the coarse level then holds the fine bins
 * i·k … (i+1)·k − 1 with k = fine / coarse. Always so under `adaptive` where coarse divides fine (floor and ceil nest);
 * under `paper` at some sides only.
 * @throws RuleError where the rule does not give the bins
 */
export function levelsNest(side: number, coarse: number, fine: number, rule: Rule): boolean {
  if (fine % coarse !== 0) return false;
  const ratio = fine / coarse;
  for (let i = 0; i < coarse; i++) {
    const whole = binSpan(side, coarse, i, rule);
    let end = whole.start;
    for (let j = i * ratio; j < (i + 1) * ratio; j++) {
      const part = binSpan(side, fine, j, rule);
      if (part.start > end || (j === i * ratio && part.start !== whole.start)) return false;
      end = part.end;
    }
    if (end !== whole.end) return false;
  }
  return true;
}

/**
 * All bins of a pyramid over a window of a feature map, in flatten order: levels in pyramid order, rows, columns.
 * @param window cells pooled; bins are placed within it
 * @throws PyramidError, RuleError
 */
export function pyramidBins(window: CellRect, levels: readonly number[], rule: Rule): Bin[] {
  checkLevels(levels);
  const height = window.bottom - window.top;
  const width = window.right - window.left;
  const bins: Bin[] = [];
  levels.forEach((n, level) => {
    for (let row = 0; row < n; row++) {
      const y = binSpan(height, n, row, rule);
      for (let column = 0; column < n; column++) {
        const x = binSpan(width, n, column, rule);
        bins.push({
          index: bins.length,
          level,
          row,
          column,
          top: window.top + y.start,
          bottom: window.top + y.end,
          left: window.left + x.start,
          right: window.left + x.end,
        });
      }
    }
  });
  return bins;
}

/** First bin index of each level, in flatten order, with the total bin count appended. */
export function levelOffsets(levels: readonly number[]): number[] {
  const offsets = [0];
  for (const n of levels) offsets.push((offsets.at(-1) ?? 0) + n * n);
  return offsets;
}
