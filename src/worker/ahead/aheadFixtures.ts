/** For tests in a real browser: drawn photos, and decode workers. */
import { startAhead } from './startAhead.ts';

export async function drawn(seed: number, width: number, height: number, type = 'image/png'): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const drawing = canvas.getContext('2d')!;
  for (let k = 0; k < 12; k++) {
    drawing.fillStyle = `hsl(${seed * 61 + k * 37} 70% ${20 + k * 5}%)`;
    drawing.fillRect((k * 53 * seed) % width, (k * 29) % height, width / 3, height / 4);
  }
  return canvas.convertToBlob({ type });
}

export function workers() {
  const ahead = startAhead();
  if (!ahead) throw new Error('this browser starts no workers from here');
  return ahead;
}
