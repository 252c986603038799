import { describe, expect, it } from 'vitest';
import { tileEdges } from './tileEdges.ts';
import { planTiles } from './tiles.ts';

describe('tileEdges', () => {
  it('gives the edges of 1325 × 500 in two tiles, by hand', () => {
    // As in tiles.test.ts: the first tile is valid up to its cell 21, 21·32 = 672 px.
    const input = { width: 1325, height: 500 };
    expect(tileEdges(planTiles(input, 500_000), input)).toEqual({ x: [0, 672, 1325], y: [0, 500] });
  });

  it('has a part for each tile, in order, and covers the input', () => {
    const input = { width: 6000, height: 4000 };
    const plan = planTiles(input, 2_000_000);
    const { x, y } = tileEdges(plan, input);
    expect((x.length - 1) * (y.length - 1)).toBe(plan.tiles.length);
    expect([x.at(-1), y.at(-1)]).toEqual([6000, 4000]);
    plan.tiles.forEach(({ pixels }, i) => {
      const [left, top] = [x[i % (x.length - 1)] ?? -1, y[Math.floor(i / (x.length - 1))] ?? -1];
      expect(left).toBeGreaterThanOrEqual(pixels.x);
      expect(top).toBeGreaterThanOrEqual(pixels.y);
    });
  });
});
