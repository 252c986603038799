import { expect, test } from 'vitest';
import { shrinkLarge } from './shrinkLarge.ts';

/** A bitmap whose colour changes slowly from edge to edge, its right part see-through. */
function picture(width: number, height: number): ImageBitmap {
  const canvas = new OffscreenCanvas(width, height);
  const drawing = canvas.getContext('2d')!;
  const gradient = drawing.createLinearGradient(0, 0, width, height);
  gradient.addColorStop(0, '#103060');
  gradient.addColorStop(1, '#f0a040');
  drawing.fillStyle = gradient;
  drawing.fillRect(0, 0, width * 0.9, height);
  return canvas.transferToImageBitmap();
}

/** Red, green and blue at a place given in shares of the sides. */
function colourAt(image: ImageBitmap | OffscreenCanvas, x: number, y: number): number[] {
  const canvas = new OffscreenCanvas(1, 1);
  const drawing = canvas.getContext('2d', { alpha: false })!;
  drawing.fillStyle = '#fff';
  drawing.fillRect(0, 0, 1, 1);
  drawing.drawImage(image, Math.floor(x * image.width), Math.floor(y * image.height), 1, 1, 0, 0, 1, 1);
  return Array.from(drawing.getImageData(0, 0, 1, 1).data.subarray(0, 3));
}

test.each([
  [8211, 2051, 1600, 4],
  [8211, 2051, 160, 4],
  [5001, 4099, 1600, 2],
] as const)('%d × %d for %d px: the same picture at 1/%d of its size', (width, height, longSide, factor) => {
  const bitmap = picture(width, height);
  const small = shrinkLarge(bitmap, longSide);
  expect([small.width, small.height]).toEqual([Math.ceil(width / factor), Math.ceil(height / factor)]);
  for (const [x, y] of [
    [0, 0],
    [0.25, 0.6],
    [0.4993, 0.51],
    [0.88, 0.9995],
    [0.95, 0.2],
    [0.9998, 0.9998],
  ] as const) {
    const [ours, own] = [colourAt(small, x, y), colourAt(bitmap, x, y)];
    ours.forEach((value, c) =>
      expect(Math.abs(value - own[c]!), `${x}, ${y}: ${ours} for ${own}`).toBeLessThanOrEqual(3),
    );
  }
  bitmap.close();
});

test('a pixel is the mean of those it covers: stripes of one pixel become grey', () => {
  const canvas = new OffscreenCanvas(8200, 2048);
  const drawing = canvas.getContext('2d')!;
  drawing.fillRect(0, 0, 8200, 2048);
  drawing.fillStyle = '#fff';
  for (let x = 0; x < 8200; x += 2) drawing.fillRect(x, 0, 1, 2048);
  const small = shrinkLarge(canvas.transferToImageBitmap(), 160);
  for (const x of [0.1, 0.5, 0.99]) {
    for (const value of colourAt(small, x, 0.5)) expect(Math.abs(value - 127.5)).toBeLessThanOrEqual(2);
  }
});

test('what is small, or wanted large, is left to the browser', () => {
  const small = picture(400, 300);
  expect(shrinkLarge(small, 160)).toBe(small);
  const large = picture(4200, 4100);
  expect(shrinkLarge(large, 4000)).toBe(large);
});
