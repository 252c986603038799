import type { PixelRect } from './protocol.ts';

/** Pixels read at once: 4 MiB as RGBA. */
const BLOCK_PIXELS = 2 ** 20;
/** Longest side of the canvas read through: below every browser's and device's limit. */
const BLOCK_SIDE = 4096;

let canvas: OffscreenCanvas | undefined;

function context(width: number, height: number): OffscreenCanvasRenderingContext2D {
  canvas ??= new OffscreenCanvas(1, 1);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const drawing = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!drawing) throw new Error('this browser gives no 2D canvas in a worker');
  return drawing;
}

/**
 * A rectangle of a bitmap as RGBA bytes over white, at most 4096 pixels a side. Read through one small canvas in memory, so that no canvas
 * of the bitmap's size is needed.
 */
export function readBlock(bitmap: ImageBitmap, { x, y, width, height }: PixelRect): Uint8ClampedArray {
  const drawing = context(width, height);
  drawing.imageSmoothingEnabled = false;
  drawing.fillStyle = '#fff';
  drawing.fillRect(0, 0, width, height);
  drawing.drawImage(bitmap, x, y, width, height, 0, 0, width, height);
  return drawing.getImageData(0, 0, width, height).data;
}

/**
 * Cuts a rectangle into strips of rows, each into blocks side by side, that {@link readBlock} can read.
 * @param widest pixels that each row costs while it is worked on, where that is more than the rectangle's width
 */
export function* blocksOf(rect: PixelRect, widest = rect.width): Generator<PixelRect[]> {
  const rows = Math.max(1, Math.min(BLOCK_SIDE, Math.floor(BLOCK_PIXELS / Math.max(rect.width, widest))));
  for (let y = 0; y < rect.height; y += rows) {
    const height = Math.min(rows, rect.height - y);
    const blocks: PixelRect[] = [];
    for (let x = 0; x < rect.width; x += BLOCK_SIDE) {
      blocks.push({ x: rect.x + x, y: rect.y + y, width: Math.min(BLOCK_SIDE, rect.width - x), height });
    }
    yield blocks;
  }
}
