import { freeArray } from '../../../core/freeArray.ts';
import type { PixelRect } from '../../../core/model.ts';

/** The canvas that all pixels are read through: 4 MiB, of one size for good, since each resizing costs more than a reading. */
const BLOCK_WIDTH = 2048;
const BLOCK_HEIGHT = 512;

/** Of a picture up to this the pixels are kept until it is closed: most photos are looked at in two sizes, and reading them costs as much as resampling. */
const MOST_KEPT_PIXELS = 2 ** 20;

const kept = new WeakMap<ImageBitmap, Map<string, Uint8ClampedArray>>();

let drawing: OffscreenCanvasRenderingContext2D | undefined;

function context(): OffscreenCanvasRenderingContext2D {
  if (drawing) return drawing;
  const canvas = new OffscreenCanvas(BLOCK_WIDTH, BLOCK_HEIGHT);
  const created = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!created) throw new Error('this browser gives no 2D canvas in a worker');
  created.imageSmoothingEnabled = false;
  created.fillStyle = '#fff';
  drawing = created;
  return created;
}

/**
 * A rectangle of a bitmap, at most 2048 × 512 pixels, as RGBA bytes over white. Read through one small canvas in memory, so that no canvas
 * of the bitmap's size is needed. (A VideoFrame's copyTo would be faster, but Chromium's forgets EXIF orientation and colour profile.)
 */
function readBlock(bitmap: ImageBitmap, { x, y, width, height }: PixelRect): Uint8ClampedArray {
  const drawing = context();
  drawing.fillRect(0, 0, width, height);
  drawing.drawImage(bitmap, x, y, width, height, 0, 0, width, height);
  return drawing.getImageData(0, 0, width, height).data;
}

/**
 * Reads rectangles of a bitmap, each at most 2048 × 512 pixels, for `use`; their bytes are gone afterwards, unless the picture is small: then the same
 * rectangles are at hand until {@link forgetBlocks}.
 * @param use takes RGBA bytes over white, one array for each rectangle
 */
export function withBlocks(
  bitmap: ImageBitmap,
  rects: readonly PixelRect[],
  use: (blocks: Uint8ClampedArray[]) => void,
): void {
  if (bitmap.width * bitmap.height > MOST_KEPT_PIXELS) {
    const blocks = rects.map((rect) => readBlock(bitmap, rect));
    use(blocks);
    for (const block of blocks) freeArray(block);
    return;
  }
  const known = kept.get(bitmap) ?? new Map<string, Uint8ClampedArray>();
  kept.set(bitmap, known);
  const blocks = rects.map((rect) => {
    const key = `${rect.x} ${rect.y} ${rect.width} ${rect.height}`;
    const block = known.get(key) ?? readBlock(bitmap, rect);
    known.set(key, block);
    return block;
  });
  use(blocks);
}

/** Lets go what {@link withBlocks} keeps of a bitmap. */
export function forgetBlocks(bitmap: ImageBitmap): void {
  for (const block of kept.get(bitmap)?.values() ?? []) freeArray(block);
  kept.delete(bitmap);
}

/**
 * Cuts a rectangle into strips of rows, each into blocks side by side, that {@link withBlocks} can read.
 * @param widest pixels that each row costs while it is worked on, where that is more than the rectangle's width
 */
export function* blocksOf(rect: PixelRect, widest = rect.width): Generator<PixelRect[]> {
  const rows = Math.max(
    1,
    Math.min(BLOCK_HEIGHT, Math.floor((BLOCK_WIDTH * BLOCK_HEIGHT) / Math.max(rect.width, widest))),
  );
  for (let y = 0; y < rect.height; y += rows) {
    const height = Math.min(rows, rect.height - y);
    const blocks: PixelRect[] = [];
    for (let x = 0; x < rect.width; x += BLOCK_WIDTH) {
      blocks.push({ x: rect.x + x, y: rect.y + y, width: Math.min(BLOCK_WIDTH, rect.width - x), height });
    }
    yield blocks;
  }
}
