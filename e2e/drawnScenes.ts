import { drawFindScene, findScenes } from '../src/core/find/scenes.ts';
import { png } from './png.ts';

/** So many drawn scenes as PNG files (base64), with their boxes. */
export function drawnScenes(count: number) {
  return findScenes(count, 1).map((scene) => {
    const { data, width, height } = drawFindScene(scene);
    const paint = (x: number, y: number): [number, number, number] => {
      const at = 3 * (y * width + x);
      return [0, 1, 2].map((c) => Math.round(255 * (data[at + c] ?? 0))) as [number, number, number];
    };
    return { png: png(width, height, paint).toString('base64'), width, height, boxes: scene.boxes };
  });
}
