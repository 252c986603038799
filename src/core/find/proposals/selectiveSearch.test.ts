import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { type Box, iou } from '../boxes.ts';
import { gridWindows } from './gridWindows.ts';
import { selectiveSearch } from './selectiveSearch.ts';

/** A picture with one rectangle of another colour and some noise. */
function scene(width: number, height: number, [left, top, right, bottom]: Box): Float32Array {
  const random = createRandom(3);
  return Float32Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y, channel] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3];
    const inside = x >= left && x < right && y >= top && y < bottom;
    return (inside ? [0.8, 0.3, 0.2] : [0.2, 0.5, 0.7])[channel]! + random.uniform(-0.02, 0.02);
  });
}

test('proposes the box of a thing that differs from its surroundings, in pixels of the photo', async () => {
  const photo = { width: 240, height: 160 };
  const boxes = await selectiveSearch(scene(120, 80, [30, 20, 70, 60]), { width: 120, height: 80 }, photo, { max: 60 });
  expect(boxes[0]).toEqual([0, 0, 240, 160]);
  expect(Math.max(...boxes.map((box) => iou(box, [60, 40, 140, 120])))).toBeGreaterThan(0.85);
  expect(boxes.length).toBeLessThanOrEqual(60);
  expect(new Set(boxes.map(String)).size).toBe(boxes.length);
});

test('the same seed gives the same boxes, another seed another order', async () => {
  const size = { width: 90, height: 60 };
  const rgb = scene(90, 60, [10, 10, 50, 40]);
  const once = await selectiveSearch(rgb, size, size, { seed: 7 });
  expect(await selectiveSearch(rgb, size, size, { seed: 7 })).toEqual(once);
  expect(await selectiveSearch(rgb, size, size, { seed: 8 })).not.toEqual(once);
});

test.each([
  [1, 1],
  [1, 300],
  [300, 1],
  [2, 2],
])('a picture of %i × %i pixels has at least the whole of itself', async (width, height) => {
  const size = { width, height };
  const boxes = await selectiveSearch(scene(width, height, [0, 0, 1, 1]), size, size);
  expect(boxes[0]).toEqual([0, 0, width, height]);
});

test('a picture of one colour gives the whole of itself', async () => {
  const size = { width: 40, height: 30 };
  const boxes = await selectiveSearch(new Float32Array(3600).fill(0.5), size, size);
  expect(boxes[0]).toEqual([0, 0, 40, 30]);
  expect(boxes.every(([left, top, right, bottom]) => left >= 0 && top >= 0 && right <= 40 && bottom <= 30)).toBe(true);
});

test('may be stopped between its steps', async () => {
  const size = { width: 40, height: 30 };
  const stop = () => {
    throw new Error('stopped');
  };
  await expect(selectiveSearch(scene(40, 30, [5, 5, 20, 20]), size, size, { onStep: stop })).rejects.toThrow('stopped');
});

test('a grid of windows covers the photo, whatever its shape', () => {
  for (const [width, height] of [
    [640, 480],
    [1, 1],
    [5000, 1],
  ] as const) {
    const windows = gridWindows({ width, height }, 4000);
    expect(windows[0]).toEqual([0, 0, width, height]);
    for (const [left, top, right, bottom] of windows) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(width + 1e-9);
      expect(bottom).toBeLessThanOrEqual(height + 1e-9);
      expect(bottom - top).toBeGreaterThan(0);
    }
  }
});
