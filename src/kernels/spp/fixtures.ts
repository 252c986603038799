/** What the op's tests share: PyTorch's answers, and random maps and windows from a seed. */
import golden from '../../../golden/spp.json';
import type { Pooling, Rule } from '../../core/pyramid/geometry.ts';
import { binsOnSide } from '../../core/pyramid/geometry.ts';
import type { MapShape, SppAttributes } from './attributes.ts';

/** One case of golden/spp.json; `output` is channel-major, and absent where the rule does not give n bins. */
export interface GoldenCase {
  name: string;
  shape: MapShape;
  levels: number[];
  rule: Rule;
  input: Float32Array;
  output: number[] | null;
}

/** Element i of a golden input, as golden/spp.json describes it. */
function goldenValue(i: number, seed: number): number {
  let h = Math.imul(i + seed * 7919, 2654435761) >>> 0;
  h = (h ^ (h >>> 15)) >>> 0;
  h = Math.imul(h, 2246822519) >>> 0;
  h = (h ^ (h >>> 13)) >>> 0;
  return Math.min(6, Math.max(0, (h % 40960) / 4096 - 2));
}

export const goldenCases: GoldenCase[] = golden.cases.map(({ shape, levels, rule, seed, ...answer }) => {
  const [, height, width, channels] = shape as [number, number, number, number];
  return {
    name: `${height}×${width}×${channels} [${levels.join(', ')}] ${rule}`,
    shape: [height, width, channels],
    levels,
    rule: rule as Rule,
    input: Float32Array.from({ length: height * width * channels }, (_, i) => goldenValue(i, seed)),
    output: 'output' in answer && answer.output ? answer.output : null,
  };
});

/** A pyramid that divides evenly but does not nest at these sides under `paper`: level 4 leaves the last cells out. */
export const notNesting = {
  shape: [10, 18, 4],
  attributes: { levels: [4, 2, 1], rule: 'paper', pooling: 'max', windows: Int32Array.of(0, 0, 10, 18) },
  /** The largest values stand in the last row and column, which no bin of level 4 holds. */
  map: Float32Array.from({ length: 10 * 18 * 4 }, (_, i) => i),
} as const;

/** Uniform numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `low` to `high`, both included. */
export function between(random: () => number, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** Whole numbers 0…6, so that ties are everywhere. */
export function tiedMap(random: () => number, [height, width, channels]: MapShape): Float32Array {
  return Float32Array.from({ length: height * width * channels }, () => between(random, 0, 6));
}

function randomLevels(random: () => number): number[] {
  const all = Array.from({ length: 16 }, (_, i) => i + 1);
  const small = all.slice(0, 6);
  const from = random() < 0.8 ? small : all;
  return Array.from(
    { length: between(random, 1, 4) },
    () => from.splice(between(random, 0, from.length - 1), 1)[0] as number,
  );
}

function randomSpan(random: () => number, side: number): [number, number] {
  const start = between(random, 0, side - 1);
  return [start, between(random, start + 1, side)];
}

export interface RandomCase {
  name: string;
  shape: MapShape;
  map: Float32Array;
  attributes: SppAttributes;
  windows: number[][] | undefined;
}

/**
 * A small map, a pyramid and windows. Values are multiples of 1/64 in 0…6 with many ties, so that sums are exact in single
 * precision and answers can be compared exactly. Under `paper` the levels are some of
 * those that work for all windows.
 */
export function randomCase(random: () => number): RandomCase {
  const shape: MapShape = [between(random, 1, 14), between(random, 1, 14), between(random, 1, 10)];
  const [height, width, channels] = shape;
  const count = random() < 0.4 ? 0 : between(random, 1, 5);
  const windows = Array.from({ length: count }, () => {
    const [top, bottom] = randomSpan(random, height);
    const [left, right] = randomSpan(random, width);
    return [top, left, bottom, right];
  });
  const rows = count ? windows : [[0, 0, height, width]];
  const anyLevels = randomLevels(random);
  const paperWorks = (n: number) =>
    rows.every(
      ([top = 0, left = 0, bottom = 0, right = 0]) =>
        binsOnSide(bottom - top, n, 'paper') === n && binsOnSide(right - left, n, 'paper') === n,
    );
  const paperLevels = [6, 5, 4, 3, 2, 1].filter((n) => paperWorks(n) && random() < 0.8);
  const rule: Rule = paperLevels.length && random() < 0.4 ? 'paper' : 'adaptive';
  const levels = rule === 'paper' ? paperLevels : anyLevels;
  const pooling: Pooling = random() < 0.7 ? 'max' : 'mean';
  const map = Float32Array.from({ length: height * width * channels }, () =>
    Math.min(6, Math.max(0, between(random, -128, 512) / 64)),
  );
  return {
    name: `${shape.join('×')} [${levels.join(', ')}] ${rule} ${pooling} ${JSON.stringify(windows)}`,
    shape,
    map,
    attributes: { levels, rule, pooling, windows: Int32Array.from(rows.flat()) },
    windows: count ? windows : undefined,
  };
}

/** A tile as it comes out of a backbone: cut with a halo, of which only the inner cells are valid. */
export interface TileCase {
  top: number;
  left: number;
  height: number;
  width: number;
  valid: { top: number; left: number; bottom: number; right: number };
}

/** Tiles whose valid cells cover a map of height × width once, in random order, with halos of up to 2 cells. */
export function randomTiling(random: () => number, height: number, width: number): TileCase[] {
  const cuts = (side: number): number[] => {
    const inner = Array.from({ length: between(random, 0, 3) }, () => between(random, 1, side));
    return [...new Set([0, ...inner, side])].sort((a, b) => a - b);
  };
  const [rows, columns] = [cuts(height), cuts(width)];
  const tiles = rows.slice(1).flatMap((bottom, i) =>
    columns.slice(1).map((right, j) => {
      const [top, left] = [rows[i] as number, columns[j] as number];
      const outerTop = Math.max(0, top - between(random, 0, 2));
      const outerLeft = Math.max(0, left - between(random, 0, 2));
      return {
        order: random(),
        tile: {
          top: outerTop,
          left: outerLeft,
          height: Math.min(height, bottom + between(random, 0, 2)) - outerTop,
          width: Math.min(width, right + between(random, 0, 2)) - outerLeft,
          valid: { top: top - outerTop, left: left - outerLeft, bottom: bottom - outerTop, right: right - outerLeft },
        },
      };
    }),
  );
  return tiles.sort((a, b) => a.order - b.order).map(({ tile }) => tile);
}

/** The cells of a tile; cells of the halo, which must not count, hold 99. */
export function cutTile(map: Float32Array, [, width, channels]: MapShape, tile: TileCase): Float32Array {
  const { valid } = tile;
  return Float32Array.from({ length: tile.height * tile.width * channels }, (_, i) => {
    const channel = i % channels;
    const x = Math.floor(i / channels) % tile.width;
    const y = Math.floor(i / channels / tile.width);
    const counts = y >= valid.top && y < valid.bottom && x >= valid.left && x < valid.right;
    return counts ? (map[((tile.top + y) * width + tile.left + x) * channels + channel] as number) : 99;
  });
}
