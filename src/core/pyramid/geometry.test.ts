import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  binCount,
  binsOnSide,
  binSpan,
  checkLevels,
  levelOffsets,
  levelsNest,
  pyramidBins,
  PyramidError,
  RuleError,
  workingSides,
} from './geometry.ts';

const side = fc.integer({ min: 1, max: 400 });
const level = fc.integer({ min: 1, max: 16 });

describe('adaptive bins', () => {
  it('lie as in PyTorch on a side of 10 in 4', () => {
    const spans = [0, 1, 2, 3].map((i) => binSpan(10, 4, i, 'adaptive'));
    expect(spans).toEqual([
      { start: 0, end: 3 },
      { start: 2, end: 5 },
      { start: 5, end: 8 },
      { start: 7, end: 10 },
    ]);
  });

  it('repeat cells where there are fewer cells than bins', () => {
    expect([0, 1, 2, 3].map((i) => binSpan(1, 4, i, 'adaptive'))).toEqual(
      Array.from({ length: 4 }, () => ({ start: 0, end: 1 })),
    );
    expect([0, 1, 2, 3].map((i) => binSpan(3, 4, i, 'adaptive').start)).toEqual([0, 0, 1, 2]);
  });

  it('are never empty and cover the whole side without a gap', () => {
    fc.assert(
      fc.property(side, level, (a, n) => {
        let covered = 0;
        for (let i = 0; i < n; i++) {
          const { start, end } = binSpan(a, n, i, 'adaptive');
          expect(end).toBeGreaterThan(start);
          expect(start).toBeLessThanOrEqual(covered);
          expect(end).toBeGreaterThanOrEqual(covered);
          covered = end;
        }
        expect(covered).toBe(a);
      }),
    );
  });

  it('nest: a coarse level that divides a finer one is the union of its bins', () => {
    fc.assert(
      fc.property(side, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }), (a, n, k) => {
        expect(levelsNest(a, n, n * k, 'adaptive')).toBe(true);
        for (let i = 0; i < n; i++) {
          const whole = binSpan(a, n, i, 'adaptive');
          expect(whole.start).toBe(binSpan(a, n * k, i * k, 'adaptive').start);
          expect(whole.end).toBe(binSpan(a, n * k, (i + 1) * k - 1, 'adaptive').end);
        }
      }),
    );
  });

  it('do not nest where n does not divide', () => {
    expect(levelsNest(31, 3, 4, 'adaptive')).toBe(false);
    expect(levelsNest(31, 4, 2, 'adaptive')).toBe(false);
  });
});

describe('paper bins', () => {
  it('are windows of ceil(a/n) at strides of floor(a/n)', () => {
    expect([0, 1, 2, 3].map((i) => binSpan(13, 4, i, 'paper'))).toEqual([
      { start: 0, end: 4 },
      { start: 3, end: 7 },
      { start: 6, end: 10 },
      { start: 9, end: 13 },
    ]);
  });

  it('fail for n = 4 at 1, 2, 3, 6, 7 and 11 cells, and at no other side up to 64', () => {
    const failing = Array.from({ length: 64 }, (_, i) => i + 1).filter((a) => binsOnSide(a, 4, 'paper') !== 4);
    expect(failing).toEqual([1, 2, 3, 6, 7, 11]);
    for (const a of failing) expect(() => binSpan(a, 4, 0, 'paper')).toThrow(RuleError);
  });

  it('say which sides work', () => {
    expect(workingSides(4, 7, 'paper')).toEqual([4, 5, 8, 9]);
    const error = new RuleError(7, 4, 'paper');
    expect(error.name).toBe('PaperRuleError');
    expect(error.message).toContain('a side of 7 cells');
    expect(error.message).toContain('n = 4');
    expect(error.message).toContain('4, 5, 8, 9');
    expect(new RuleError(1, 16, 'paper').message).toMatch(/sides that work near it: \d+/);
  });

  it('equal the adaptive ones where n divides the side', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), level, (k, n) => {
        for (let i = 0; i < n; i++) expect(binSpan(k * n, n, i, 'paper')).toEqual(binSpan(k * n, n, i, 'adaptive'));
      }),
    );
  });

  it('nest at some sides only', () => {
    expect(levelsNest(20, 2, 4, 'paper')).toBe(true);
    expect(levelsNest(31, 2, 4, 'paper')).toBe(false);
    expect(levelsNest(31, 1, 2, 'paper')).toBe(true);
  });

  it('nest only where the union is exactly the coarse bin', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        (a, n, k) => {
          fc.pre(binsOnSide(a, n, 'paper') === n && binsOnSide(a, n * k, 'paper') === n * k);
          const exact = Array.from({ length: n }, (_, i) => {
            const union = new Set<number>();
            for (let j = i * k; j < (i + 1) * k; j++) {
              const part = binSpan(a, n * k, j, 'paper');
              for (let cell = part.start; cell < part.end; cell++) union.add(cell);
            }
            const whole = binSpan(a, n, i, 'paper');
            return union.size === whole.end - whole.start && Math.min(...union) === whole.start;
          });
          expect(levelsNest(a, n, n * k, 'paper')).toBe(exact.every(Boolean));
        },
      ),
    );
  });
});

describe('a pyramid', () => {
  it('lists its bins in flatten order, placed in the window', () => {
    const bins = pyramidBins({ top: 2, left: 3, bottom: 6, right: 9 }, [2, 1], 'adaptive');
    expect(bins).toEqual([
      { index: 0, level: 0, row: 0, column: 0, top: 2, bottom: 4, left: 3, right: 6 },
      { index: 1, level: 0, row: 0, column: 1, top: 2, bottom: 4, left: 6, right: 9 },
      { index: 2, level: 0, row: 1, column: 0, top: 4, bottom: 6, left: 3, right: 6 },
      { index: 3, level: 0, row: 1, column: 1, top: 4, bottom: 6, left: 6, right: 9 },
      { index: 4, level: 1, row: 0, column: 0, top: 2, bottom: 6, left: 3, right: 9 },
    ]);
  });

  it('has the sum of n² bins', () => {
    expect(binCount([4, 2, 1])).toBe(21);
    expect(binCount([6, 3, 2, 1])).toBe(50);
    expect(levelOffsets([6, 3, 2, 1])).toEqual([0, 36, 45, 49, 50]);
  });

  it.each([[[]], [[0]], [[17]], [[2.5]], [[2, 2]], [[Number.NaN]]])('refuses the levels %j', (levels) => {
    expect(() => checkLevels(levels)).toThrow(PyramidError);
    expect(() => pyramidBins({ top: 0, left: 0, bottom: 4, right: 4 }, levels, 'adaptive')).toThrow(PyramidError);
  });
});
