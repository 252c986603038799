import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pyramidBins } from '../../../core/pyramid/geometry.ts';
import { sharedBands } from './sharedCells.ts';

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
