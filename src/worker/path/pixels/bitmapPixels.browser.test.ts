/** Pixels of small pictures are read once for all views; of large ones nothing stays. */
import { expect, test, vi } from 'vitest';
import { forgetBlocks } from './bitmapPixels.ts';
import { resampleRect } from './resample.ts';

/** A picture of stripes, made anew. */
function stripes(width: number, height: number): ImageBitmap {
  const canvas = new OffscreenCanvas(width, height);
  const drawing = canvas.getContext('2d');
  if (!drawing) throw new Error('no canvas');
  for (let x = 0; x < width; x += 7) {
    drawing.fillStyle = `hsl(${(x * 31) % 360} 80% 50%)`;
    drawing.fillRect(x, 0, 7, height);
  }
  return canvas.transferToImageBitmap();
}

function read(bitmap: ImageBitmap, side: number): Float32Array {
  const { width, height } = bitmap;
  return resampleRect(bitmap, { x: 0, y: 0, width, height }, { width: side, height: side });
}

test('a small picture is read once for two sizes, until it is forgotten, and gives the same numbers', () => {
  const reading = vi.spyOn(OffscreenCanvasRenderingContext2D.prototype, 'getImageData');
  const [first, other] = [stripes(500, 700), stripes(500, 700)];
  const [large, small] = [read(first, 300), read(first, 224)];
  // 512 rows at a time.
  expect(reading).toHaveBeenCalledTimes(2);
  expect(read(other, 224)).toEqual(small);
  expect(reading).toHaveBeenCalledTimes(4);
  forgetBlocks(first);
  expect(read(first, 300)).toEqual(large);
  expect(reading).toHaveBeenCalledTimes(6);
  reading.mockRestore();
});

test('what was read of a large picture is given back at once', () => {
  const bitmap = stripes(1200, 1000);
  const results = vi.spyOn(OffscreenCanvasRenderingContext2D.prototype, 'getImageData');
  const [once, again] = [read(bitmap, 300), read(bitmap, 300)];
  expect(again).toEqual(once);
  expect(results).toHaveBeenCalledTimes(4);
  const left = results.mock.results.map(({ value }) => (value as ImageData).data.length);
  if ('transfer' in ArrayBuffer.prototype) expect(left).toEqual([0, 0, 0, 0]);
  results.mockRestore();
});
