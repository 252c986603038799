import { expect, it } from 'vitest';
import { boxArea, iou } from './boxes.ts';
import { drawFindScene, findScenes, SCENE_LABELS } from './scenes.ts';

it('gives the same scenes for the same seed, other ones for another', () => {
  expect(findScenes(6, 3)).toEqual(findScenes(6, 3));
  expect(findScenes(6, 4)).not.toEqual(findScenes(6, 3));
});

it('has one to three things in every scene, whole, apart, of both classes', () => {
  const scenes = findScenes(60, 1);
  for (const { width, height, boxes, shapes } of scenes) {
    expect(boxes.length).toBeGreaterThanOrEqual(1);
    expect(boxes.length).toBeLessThanOrEqual(3);
    expect(shapes.length).toBeGreaterThanOrEqual(boxes.length);
    boxes.forEach(({ box }, i) => {
      expect(boxArea(box)).toBeGreaterThan(400);
      expect(box[0] >= 0 && box[1] >= 0 && box[2] <= width && box[3] <= height).toBe(true);
      for (const other of boxes.slice(i + 1)) expect(iou(box, other.box)).toBe(0);
    });
  }
  const labels = scenes.flatMap(({ boxes }) => boxes.map(({ label }) => label));
  for (const label of SCENE_LABELS) expect(labels.filter((one) => one === label).length).toBeGreaterThan(30);
});

it('draws the things within their boxes, up to the sides', () => {
  const [scene] = findScenes(1, 7);
  const whole = drawFindScene(scene!).data;
  const things = scene!.shapes.slice(0, scene!.boxes.length);
  const bare = drawFindScene({ ...scene!, shapes: scene!.shapes.slice(things.length) }).data;
  const { width } = scene!;
  const found = scene!.boxes.map(() => [Infinity, Infinity, -Infinity, -Infinity] as [number, number, number, number]);
  for (let i = 0; i < whole.length; i += 3) {
    if ([0, 1, 2].every((c) => Math.abs(whole[i + c]! - bare[i + c]!) < 0.02)) continue;
    const [x, y] = [(i / 3) % width, Math.floor(i / 3 / width)];
    const index = scene!.boxes.findIndex(({ box }) => x >= box[0] - 1 && y >= box[1] - 1 && x <= box[2] && y <= box[3]);
    expect(index).toBeGreaterThanOrEqual(0);
    const edge = found[index]!;
    found[index] = [Math.min(edge[0], x), Math.min(edge[1], y), Math.max(edge[2], x + 1), Math.max(edge[3], y + 1)];
  }
  found.forEach((box, i) => expect(iou(box, scene!.boxes[i]!.box)).toBeGreaterThan(0.85));
});
