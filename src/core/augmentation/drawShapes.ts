import { createRandom } from '../random.ts';
import type { RgbImage } from './rgbImage.ts';

export type Colour = readonly [number, number, number];
export const SHAPES = ['disc', 'square', 'triangle', 'star'] as const;
export const FILLS = ['rings', 'stripes', 'checks'] as const;

const CORNERS = { square: 4, triangle: 3, star: 5 };

export interface Ground {
  seed: number;
  from: Colour;
  to: Colour;
  /** Pixels of the coarsest grain. */
  grain: number;
}

export interface Shape {
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
}

/** Draws shapes on a ground pixel by pixel, later ones over earlier ones: RGB, 0…1. */
export function drawShapes(width: number, height: number, ground: Ground, shapes: readonly Shape[]): RgbImage {
  const data = new Float32Array(width * height * 3);
  const grounds = [1, 2, 4].map((octave) => smoothNoise(width, height, ground.grain / octave, ground.seed + octave));
  const grain = createRandom(ground.seed);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const noise = 0.5 * grounds[0]![i]! + 0.3 * grounds[1]![i]! + 0.2 * grounds[2]![i]!;
      const speck = 0.06 * (grain.next() - 0.5);
      const pixel = [0, 1, 2].map((c) => ground.from[c]! + (ground.to[c]! - ground.from[c]!) * noise + speck);
      for (const shape of shapes) {
        const cover = coverage(shape, x, y);
        if (cover === 0) continue;
        const paint = shape.colours[fillIndex(shape, x, y)]!;
        for (let c = 0; c < 3; c++) pixel[c]! += cover * (paint[c]! - pixel[c]!);
      }
      for (let c = 0; c < 3; c++) data[i * 3 + c] = Math.min(1, Math.max(0, pixel[c]!));
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
function coverage({ kind, x, y, radius, angle }: Shape, px: number, py: number): number {
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
  const corners = CORNERS[kind];
  const half = Math.PI / corners;
  const inner = radius * (kind === 'star' ? 0.42 : Math.cos(half));
  const phi = Math.abs((((theta % (2 * half)) + 2 * half) % (2 * half)) - half);
  return (inner * radius * Math.sin(half)) / (inner * Math.sin(phi) + radius * Math.sin(half - phi));
}

/** Which of the two colours the fill has at a pixel. */
function fillIndex({ fill, x, y, angle, period }: Shape, px: number, py: number): 0 | 1 {
  const [dx, dy] = [px - x, py - y];
  const half = period / 2;
  const band = (value: number) => Math.floor(value / half) & 1;
  const along = dx * Math.cos(angle) + dy * Math.sin(angle);
  const across = dy * Math.cos(angle) - dx * Math.sin(angle);
  const index =
    fill === 'rings' ? band(Math.hypot(dx, dy)) : fill === 'stripes' ? band(along) : band(along) ^ band(across);
  return index === 0 ? 0 : 1;
}

/** The box of a shape's outline, in pixels: [left, top, right, bottom]. */
export function shapeBox({ kind, x, y, radius, angle }: Shape): [number, number, number, number] {
  if (kind === 'disc') return [x - radius, y - radius, x + radius, y + radius];
  const corners = Array.from({ length: CORNERS[kind] }, (_, i) => angle + (2 * Math.PI * i) / CORNERS[kind]);
  const across = corners.map((theta) => x + radius * Math.cos(theta));
  const down = corners.map((theta) => y + radius * Math.sin(theta));
  return [Math.min(...across), Math.min(...down), Math.max(...across), Math.max(...down)];
}

/** RGB 0…1 from hue (turns), saturation and value. */
export function colour(hue: number, saturation: number, value: number): Colour {
  const channel = (n: number) => {
    const k = (n + hue * 6) % 6;
    return value - value * saturation * Math.max(0, Math.min(k, 4 - k, 1));
  };
  return [channel(5), channel(3), channel(1)];
}
