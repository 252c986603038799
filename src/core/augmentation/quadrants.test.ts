import { expect, it } from 'vitest';
import { drawScene, quadrantScenes, QUADRANTS } from './quadrants.ts';

it('gives the same scenes for the same seed, other ones for another', () => {
  expect(quadrantScenes(8, 3)).toEqual(quadrantScenes(8, 3));
  expect(quadrantScenes(8, 4)).not.toEqual(quadrantScenes(8, 3));
  const [scene] = quadrantScenes(1, 3);
  const [once, again] = [drawScene(scene!), drawScene(scene!)];
  expect(Buffer.compare(Buffer.from(once.data.buffer), Buffer.from(again.data.buffer))).toBe(0);
});

it('shares out the classes and varies size and aspect', () => {
  const scenes = quadrantScenes(80, 1);
  for (let k = 0; k < QUADRANTS.length; k++) expect(scenes.filter((scene) => scene.classIndex === k)).toHaveLength(20);
  expect(new Set(scenes.map(({ width, height }) => `${width}×${height}`)).size).toBeGreaterThan(70);
  const aspects = scenes.map(({ width, height }) => width / height);
  expect(Math.min(...aspects)).toBeLessThan(0.75);
  expect(Math.max(...aspects)).toBeGreaterThan(1.33);
});

it('keeps the whole shape in its quadrant', () => {
  for (const { width, height, classIndex, shape } of quadrantScenes(400, 2)) {
    const left = (classIndex % 2) * (width / 2);
    const top = (classIndex >> 1) * (height / 2);
    expect(shape.x - shape.radius).toBeGreaterThanOrEqual(left - 1e-9);
    expect(shape.x + shape.radius).toBeLessThanOrEqual(left + width / 2 + 1e-9);
    expect(shape.y - shape.radius).toBeGreaterThanOrEqual(top - 1e-9);
    expect(shape.y + shape.radius).toBeLessThanOrEqual(top + height / 2 + 1e-9);
  }
});

it('draws the shape there and nowhere else', () => {
  for (const scene of quadrantScenes(8, 5)) {
    const { data, width, height } = drawScene(scene);
    expect(data).toHaveLength(width * height * 3);
    const bare = drawScene({ ...scene, shape: { ...scene.shape, radius: -10 } }).data;
    const changed = Array.from({ length: QUADRANTS.length }, () => 0);
    for (let i = 0; i < data.length; i += 3) {
      if ([0, 1, 2].every((c) => Math.abs(data[i + c]! - bare[i + c]!) < 0.02)) continue;
      const [x, y] = [(i / 3) % width, Math.floor(i / 3 / width)];
      changed[(x >= width / 2 - 1 ? 1 : 0) + 2 * (y >= height / 2 - 1 ? 1 : 0)]!++;
    }
    // A triangle fills 41% of its circle, a star less.
    expect(changed[scene.classIndex]).toBeGreaterThan(0.2 * Math.PI * scene.shape.radius ** 2);
    expect(changed.filter((count) => count > 0)).toHaveLength(1);
    expect(data.every((value) => value >= 0 && value <= 1)).toBe(true);
  }
});
