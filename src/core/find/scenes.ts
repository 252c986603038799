import type { RgbImage } from '../augmentation/rgbImage.ts';
import { colour, drawShapes, type Ground, type Shape, shapeBox } from '../augmentation/drawShapes.ts';
import { createRandom, type Random } from '../random.ts';
import type { LabelledBox } from './annotation.ts';
import { type Box, iou } from './boxes.ts';

/** What is to be found in the drawn scenes, and what only stands around. */
const THINGS = [
  { label: 'target', kind: 'disc', fill: 'rings' },
  { label: 'star', kind: 'star', fill: 'stripes' },
] as const;
const OTHERS = [
  { kind: 'triangle', fill: 'checks' },
  { kind: 'square', fill: 'stripes' },
] as const;

export const SCENE_LABELS: readonly string[] = THINGS.map(({ label }) => label);

const MOST_THINGS = 3;
const TRIES = 30;

/** One drawn scene: shapes on a ground, and the boxes of those that are things. */
export interface FindScene {
  width: number;
  height: number;
  ground: Ground;
  shapes: Shape[];
  /** In whole pixels, half-open. */
  boxes: LabelledBox[];
}

/** The built-in example of finding: scenes of many sizes with one to three things each. The same seed gives the same scenes. */
export function findScenes(count: number, seed: number): FindScene[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => scene(random, i));
}

function scene(random: Random, index: number): FindScene {
  const aspect = 2 ** random.uniform(-0.75, 0.75);
  const side = random.uniform(260, 440);
  const width = Math.round(side * Math.sqrt(aspect));
  const height = Math.round(side / Math.sqrt(aspect));
  const shapes: Shape[] = [];
  const taken: Box[] = [];
  const boxes: LabelledBox[] = [];
  const place = (kind: Shape['kind'], fill: Shape['fill']): Box | null => {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const shape = shapeIn(random, width, height, kind, fill);
      const [left, top, right, bottom] = shapeBox(shape);
      const box: Box = [
        Math.max(0, Math.floor(left)),
        Math.max(0, Math.floor(top)),
        Math.min(width, Math.ceil(right)),
        Math.min(height, Math.ceil(bottom)),
      ];
      if (taken.some((other) => iou(other, box) > 0)) continue;
      shapes.push(shape);
      taken.push(box);
      return box;
    }
    return null;
  };
  const things = 1 + random.integer(MOST_THINGS);
  for (let i = 0; i < things; i++) {
    const thing = THINGS[(index + i) % THINGS.length] ?? THINGS[0];
    const box = place(thing.kind, thing.fill);
    if (box) boxes.push({ label: thing.label, box });
  }
  const other = OTHERS[random.integer(OTHERS.length)] ?? OTHERS[0];
  place(other.kind, other.fill);
  const ground = {
    seed: random.integer(2 ** 31),
    from: colour(random.next(), random.uniform(0.05, 0.4), random.uniform(0.25, 0.5)),
    to: colour(random.next(), random.uniform(0.05, 0.4), random.uniform(0.5, 0.8)),
    grain: random.uniform(20, 60),
  };
  return { width, height, ground, shapes, boxes };
}

function shapeIn(random: Random, width: number, height: number, kind: Shape['kind'], fill: Shape['fill']): Shape {
  const radius = Math.min(width, height) * random.uniform(0.1, 0.24);
  const hue = random.next();
  return {
    kind,
    fill,
    x: random.uniform(radius, width - radius),
    y: random.uniform(radius, height - radius),
    radius,
    angle: random.uniform(0, 2 * Math.PI),
    colours: [colour(hue, 0.95, 0.95), colour(hue + random.uniform(0.35, 0.65), 0.9, random.uniform(0.1, 0.9))],
    period: radius * random.uniform(0.35, 0.6),
  };
}

/** Draws a scene pixel by pixel: RGB, 0…1. */
export function drawFindScene({ width, height, ground, shapes }: FindScene): RgbImage {
  return drawShapes(width, height, ground, shapes);
}
