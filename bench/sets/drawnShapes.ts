import { colour, drawShapes, FILLS, SHAPES } from '../../src/core/augmentation/drawShapes.ts';
import { createRandom } from '../../src/core/random.ts';
import { pngOf } from '../../src/worker/path/pictures.ts';
import type { PhotoSet } from './photoSet.ts';

/** Between a shape's two colours. */
const CONTRAST = 0.3;

/**
 * Drawn pictures whose class is the outline of a small, faint shape on busy ground: hard enough that a good part is taken for another class. The
 * same seed draws the same.
 */
export async function drawnShapes(count: number, seed: number): Promise<PhotoSet> {
  const random = createRandom(seed);
  const photos: PhotoSet['photos'] = [];
  for (let i = 0; i < count; i++) {
    const classIndex = i % SHAPES.length;
    const aspect = 2 ** random.uniform(-0.5, 0.5);
    const side = random.uniform(220, 360);
    const [width, height] = [Math.round(side * Math.sqrt(aspect)), Math.round(side / Math.sqrt(aspect))];
    const radius = Math.min(width, height) * random.uniform(0.12, 0.3);
    const hue = random.next();
    const value = random.uniform(0.3, 0.7);
    const picture = drawShapes(
      width,
      height,
      {
        seed: random.integer(2 ** 31),
        from: colour(random.next(), 0.3, random.uniform(0.2, 0.5)),
        to: colour(random.next(), 0.3, random.uniform(0.5, 0.8)),
        grain: random.uniform(20, 60),
      },
      [
        {
          kind: SHAPES[classIndex] ?? 'disc',
          fill: FILLS[random.integer(FILLS.length)] ?? 'rings',
          x: random.uniform(radius, width - radius),
          y: random.uniform(radius, height - radius),
          radius,
          angle: random.uniform(0, 2 * Math.PI),
          colours: [colour(hue, 0.4, value), colour(hue, 0.4, value + CONTRAST)],
          period: radius * random.uniform(0.35, 0.6),
        },
      ],
    );
    photos.push({ name: `${i}.png`, blob: await pngOf(picture), classIndex });
  }
  return { name: 'drawn shapes', classes: SHAPES, photos };
}
