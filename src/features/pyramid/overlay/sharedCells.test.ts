import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pyramidBins } from '../../../core/pyramid/geometry.ts';
import { gridWords, sharedBands } from './sharedCells.ts';

describe('sharedBands', () => {
  it('covers exactly the cells that two bins or more hold', () => {
    assert(
      property(
        integer({ min: 4, max: 40 }),
        integer({ min: 4, max: 40 }),
        constantFrom(1, 2, 3, 4),
        (height, width, n) => {
          const bins = pyramidBins({ top: 0, left: 0, bottom: height, right: width }, [n], 'adaptive');
          const bands = sharedBands({ height, width }, n, 'adaptive');
          for (let row = 0; row < height; row++) {
            for (let column = 0; column < width; column++) {
              const holds = ({ top, left, bottom, right }: (typeof bands)[number]) =>
                row >= top && row < bottom && column >= left && column < right;
              expect(bands.some(holds)).toBe(bins.filter(holds).length > 1);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('gridWords', () => {
  it('says why neighbours share cells, width first', () => {
    expect(gridWords({ height: 9, width: 11 }, 4, 'adaptive')).toBe(
      '4×4 bins over 11×9 cells. Neighbours share the shaded columns and rows of cells, because neither 11 nor 9 is a multiple of 4.',
    );
    expect(gridWords({ height: 8, width: 11 }, 4, 'adaptive')).toBe(
      '4×4 bins over 11×8 cells. Neighbours share the shaded columns of cells, because 11 is not a multiple of 4.',
    );
    expect(gridWords({ height: 9, width: 9 }, 2, 'adaptive')).toContain('because 9 is not a multiple of 2');
  });

  it('says what is in each bin where they only touch, and where cells repeat', () => {
    expect(gridWords({ height: 8, width: 12 }, 4, 'adaptive')).toBe('4×4 bins over 12×8 cells: 3×2 cells in each.');
    expect(gridWords({ height: 8, width: 12 }, 1, 'adaptive')).toBe('1×1: one bin of all 12×8 cells.');
    expect(gridWords({ height: 2, width: 12 }, 4, 'adaptive')).toContain('cells repeat');
  });
});
