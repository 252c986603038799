import type { RgbImage } from './rgbImage.ts';
import { createRandom, type Random } from '../random.ts';

/** The classes of the built-in example: where the shape stands. */
export const QUADRANTS: readonly string[] = ['top left', 'top right', 'bottom left', 'bottom right'];

const SHAPES = ['disc', 'square', 'triangle', 'star'] as const;
const FILLS = ['rings', 'stripes', 'checks'] as const;
type Colour = readonly [number, number, number];

/** One picture of the built-in example, to be drawn by {@link drawScene}. */
export interface Scene {
  width: number;
  height: number;
  /** Quadrant of the shape: index into {@link QUADRANTS}. */
  classIndex: number;
  background: { seed: number; from: Colour; to: Colour; /** Pixels of the coarsest grain. */ grain: number };
  shape: {
    kind: (typeof SHAPES)[number];
    fill: (typeof FILLS)[number];
    /** Centre and radius in pixels; angle in radians. */
    x: number;
    y: number;
    radius: number;
    angle: number;
    colours: readonly [Colour, Colour];
    /** Pixels of one period of the fill. */
    period: number;
  };
}

/**
 * The built-in example: `count` scenes of varied sizes and shapes whose class is where the one shape stands. What it
 * is, its colours and the ground tell nothing, so a mean over the whole map has little to go by; the bins of a pyramid have.
 * Classes take turns, so every class has its share. The same seed gives the same scenes.
 */
export function quadrantScenes(count: number, seed: number): Scene[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => scene(random, i % QUADRANTS.length));
}

function scene(random: Random, classIndex: number): Scene {
  const aspect = 2 ** random.uniform(-0.75, 0.75);
  const side = random.uniform(220, 360);
  const width = Math.round(side * Math.sqrt(aspect));
  const height = Math.round(side / Math.sqrt(aspect));
  const radius = Math.min(width, height) * random.uniform(0.16, 0.21);
  const [column, row] = [classIndex % 2, classIndex >> 1];
  // The whole shape stays on its side of the middle, and within the picture.
  const within = (middle: number) => random.uniform(radius, Math.max(radius, middle - radius));
  const x = within(width / 2) + (column * width) / 2;
  const y = within(height / 2) + (row * height) / 2;
  const hue = random.next();
  return {
    width,
    height,
    classIndex,
    background: {
      seed: random.integer(2 ** 31),
      from: colour(random.next(), random.uniform(0.05, 0.4), random.uniform(0.25, 0.5)),
      to: colour(random.next(), random.uniform(0.05, 0.4), random.uniform(0.5, 0.8)),
      grain: random.uniform(20, 60),
    },
    shape: {
      kind: SHAPES[random.integer(SHAPES.length)]!,
      fill: FILLS[random.integer(FILLS.length)]!,
      x,
      y,
      radius,
      angle: random.uniform(0, 2 * Math.PI),
      colours: [colour(hue, 0.95, 0.95), colour(hue + random.uniform(0.35, 0.65), 0.9, random.uniform(0.1, 0.9))],
      period: radius * random.uniform(0.35, 0.6),
    },
  };
}

/** Draws a scene pixel by pixel: RGB, 0…1. */
export function drawScene({ width, height, background, shape }: Scene): RgbImage {
  const data = new Float32Array(width * height * 3);
  const grounds = [1, 2, 4].map((octave) =>
    smoothNoise(width, height, background.grain / octave, background.seed + octave),
  );
  const grain = createRandom(background.seed);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const noise = 0.5 * grounds[0]![i]! + 0.3 * grounds[1]![i]! + 0.2 * grounds[2]![i]!;
      const speck = 0.06 * (grain.next() - 0.5);
      const cover = coverage(shape, x, y);
      const paint = cover > 0 ? shape.colours[fillIndex(shape, x, y)]! : background.from;
      for (let c = 0; c < 3; c++) {
        const ground = background.from[c]! + (background.to[c]! - background.from[c]!) * noise + speck;
        data[i * 3 + c] = Math.min(1, Math.max(0, ground + cover * (paint[c]! - ground)));
      }
    }
  }
  return { data, width, height };
}

/** Value noise: random numbers on a grid of `cell` pixels, blended smoothly; 0…1. */
function smoothNoise(width: number, height: number, cell: number, seed: number): Float32Array {
  const random = createRandom(seed);
  const columns = Math.ceil(width / cell) + 2;
  const grid = Float32Array.from({ length: columns * (Math.ceil(height / cell) + 2) }, () => random.next());
  const out = new Float32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    const [row, v] = blend(y / cell);
    for (let x = 0; x < width; x++, i++) {
      const [column, u] = blend(x / cell);
      const at = row * columns + column;
      const above = grid[at]! + u * (grid[at + 1]! - grid[at]!);
      const below = grid[at + columns]! + u * (grid[at + columns + 1]! - grid[at + columns]!);
      out[i] = above + v * (below - above);
    }
  }
  return out;
}

/** Grid index and smoothstep of the rest. */
function blend(position: number): [number, number] {
  const index = Math.floor(position);
  const t = position - index;
  return [index, t * t * (3 - 2 * t)];
}

/** How much of a pixel the shape covers, 0…1: its signed distance to the outline, over one pixel. */
function coverage({ kind, x, y, radius, angle }: Scene['shape'], px: number, py: number): number {
  const [dx, dy] = [px - x, py - y];
  const distance = Math.hypot(dx, dy);
  if (distance > radius + 1) return 0;
  const outline = kind === 'disc' ? radius : polygonRadius(kind, Math.atan2(dy, dx) - angle, radius);
  return Math.min(1, Math.max(0, outline - distance + 0.5));
}

/**
 * Distance from the centre to the outline in the direction `theta`: the straight line, in polar form, from the middle of a side
 * (a star's inner corner) to a corner.
 */
function polygonRadius(kind: 'square' | 'triangle' | 'star', theta: number, radius: number): number {
  const corners = { square: 4, triangle: 3, star: 5 }[kind];
  const half = Math.PI / corners;
  const inner = radius * (kind === 'star' ? 0.42 : Math.cos(half));
  const phi = Math.abs((((theta % (2 * half)) + 2 * half) % (2 * half)) - half);
  return (inner * radius * Math.sin(half)) / (inner * Math.sin(phi) + radius * Math.sin(half - phi));
}

/** Which of the two colours the fill has at a pixel. */
function fillIndex({ fill, x, y, angle, period }: Scene['shape'], px: number, py: number): 0 | 1 {
  const [dx, dy] = [px - x, py - y];
  const half = period / 2;
  const band = (value: number) => Math.floor(value / half) & 1;
  const along = dx * Math.cos(angle) + dy * Math.sin(angle);
  const across = dy * Math.cos(angle) - dx * Math.sin(angle);
  const index =
    fill === 'rings' ? band(Math.hypot(dx, dy)) : fill === 'stripes' ? band(along) : band(along) ^ band(across);
  return index === 0 ? 0 : 1;
}

/** RGB 0…1 from hue (turns), saturation and value. */
function colour(hue: number, saturation: number, value: number): Colour {
  const channel = (n: number) => {
    const k = (n + hue * 6) % 6;
    return value - value * saturation * Math.max(0, Math.min(k, 4 - k, 1));
  };
  return [channel(5), channel(3), channel(1)];
}
