import type { RgbImage } from './rgbImage.ts';
import { createRandom, type Random } from '../random.ts';
import { colour, drawShapes, FILLS, type Ground, type Shape, SHAPES } from './drawShapes.ts';

/** The classes of the built-in example: where the shape stands. */
export const QUADRANTS: readonly string[] = ['top left', 'top right', 'bottom left', 'bottom right'];

/** One picture of the built-in example, to be drawn by {@link drawScene}. */
export interface Scene {
  width: number;
  height: number;
  /** Quadrant of the shape: index into {@link QUADRANTS}. */
  classIndex: number;
  background: Ground;
  shape: Shape;
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
  return drawShapes(width, height, background, [shape]);
}
