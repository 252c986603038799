import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HALO, MIN_TILE_PIXELS, planTiles } from './tiles.ts';

const side = integer({ min: 1, max: 7000 });
const budget = integer({ min: MIN_TILE_PIXELS, max: 4_000_000 });

describe('planTiles', () => {
  it('takes an image within the budget whole', () => {
    expect(planTiles({ width: 300, height: 301 }, 90_300)).toEqual({
      tile: { width: 300, height: 301 },
      cells: { width: 10, height: 10 },
      tiles: [
        {
          pixels: { x: 0, y: 0, width: 300, height: 301 },
          origin: { top: 0, left: 0 },
          valid: { top: 0, left: 0, bottom: 10, right: 10 },
        },
      ],
    });
  });

  it('cuts 1325 × 500 by hand', () => {
    // 1325 = 41·32 + 13: 42 cells. Two tiles of 16 + 26/2 = 29 cells overlap by 16: 28·32 + 13 = 909 px a side.
    const plan = planTiles({ width: 1325, height: 500 }, 500_000);
    expect(plan.tile).toEqual({ width: 909, height: 500 });
    expect(plan.tiles.map(({ pixels }) => pixels.x)).toEqual([0, 13 * 32]);
    expect(plan.tiles.map(({ valid }) => [valid.left, valid.right])).toEqual([
      [0, 21],
      [8, 29],
    ]);
  });

  it('covers every cell of the map once, with the halo at every inner edge and the phase of the whole', () => {
    assert(
      property(side, side, budget, (width, height, budget) => {
        const { tile, cells, tiles } = planTiles({ width, height }, budget);
        expect(cells).toEqual({ width: Math.ceil(width / 32), height: Math.ceil(height / 32) });
        const seen = new Uint8Array(cells.width * cells.height);
        const wrong: unknown[] = [];
        for (const tileAt of tiles) {
          const { pixels, origin, valid } = tileAt;
          const own = { width: Math.ceil(tile.width / 32), height: Math.ceil(tile.height / 32) };
          const right = pixels.x + tile.width;
          const bottom = pixels.y + tile.height;
          const rules = [
            pixels.width === tile.width && pixels.height === tile.height,
            (width - tile.width) % 32 === 0 && (height - tile.height) % 32 === 0,
            pixels.x === origin.left * 32 && pixels.y === origin.top * 32,
            pixels.x > 0 ? valid.left >= HALO : valid.left === 0,
            pixels.y > 0 ? valid.top >= HALO : valid.top === 0,
            right < width ? valid.right <= own.width - HALO : right === width && valid.right === own.width,
            bottom < height ? valid.bottom <= own.height - HALO : bottom === height && valid.bottom === own.height,
          ];
          if (rules.includes(false)) wrong.push([tileAt, rules]);
          for (let y = valid.top; y < valid.bottom; y++) {
            for (let x = valid.left; x < valid.right; x++) seen[(origin.top + y) * cells.width + origin.left + x]!++;
          }
        }
        expect(wrong).toEqual([]);
        expect(seen.every((times) => times === 1)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps to the budget, and to the smallest there is below it', () => {
    assert(
      property(side, side, integer({ min: 1, max: 2_000_000 }), (width, height, budget) => {
        const { tile } = planTiles({ width, height }, budget);
        expect(tile.width * tile.height).toBeLessThanOrEqual(Math.max(budget, MIN_TILE_PIXELS));
      }),
    );
  });

  it('computes less than twice the pixels of 24 megapixels in tiles of 4', () => {
    const { tile, tiles } = planTiles({ width: 6000, height: 4000 }, 4e6);
    expect((tiles.length * tile.width * tile.height) / 24e6).toBeLessThan(2);
  });
});
