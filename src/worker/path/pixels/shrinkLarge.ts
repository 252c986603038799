/** Of pictures with more pixels Chromium keeps the mipmaps, a third of the picture's bytes, long after it shrank and closed them. */
const LARGE_PIXELS = 2 ** 24;
/** Pixels of the picture that are worked on at a time: 1 MiB of canvas. Multiples of 4, so that every step averages whole pixels. */
const BLOCK_WIDTH = 2048;
const BLOCK_HEIGHT = 512;

function softwareCanvas(width: number, height: number) {
  const canvas = new OffscreenCanvas(width, height);
  // In memory: a GPU's canvas would take the whole picture for a texture first.
  const drawing = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!drawing) throw new Error('this browser gives no 2D canvas in a worker');
  drawing.fillStyle = '#fff';
  // Bilinear: at half the size exactly the mean of four pixels, and no mipmaps.
  drawing.imageSmoothingQuality = 'low';
  return { canvas, drawing };
}

/**
 * A picture at a half or a quarter of its size over white, each pixel the mean of those it covers, where it is large and `longSide` pixels are
 * all that is wanted of it; the picture itself otherwise.
 */
export function shrinkLarge(bitmap: ImageBitmap, longSide: number): ImageBitmap | OffscreenCanvas {
  const { width, height } = bitmap;
  const times = Math.max(width, height) / longSide;
  if (width * height <= LARGE_PIXELS || times < 2) return bitmap;
  const factor = times < 4 ? 2 : 4;
  const small = softwareCanvas(Math.ceil(width / factor), Math.ceil(height / factor));
  const half = softwareCanvas(BLOCK_WIDTH / 2, BLOCK_HEIGHT / 2);
  const [halfWidth, halfHeight] = [BLOCK_WIDTH / 2, BLOCK_HEIGHT / 2];
  for (let y = 0; y < height; y += BLOCK_HEIGHT) {
    for (let x = 0; x < width; x += BLOCK_WIDTH) {
      const { drawing } = half;
      drawing.fillRect(0, 0, halfWidth, halfHeight);
      // Beyond the picture's edge nothing is drawn: browsers cut both rectangles there alike.
      drawing.drawImage(bitmap, x, y, BLOCK_WIDTH, BLOCK_HEIGHT, 0, 0, halfWidth, halfHeight);
      const scale = 2 / factor;
      small.drawing.drawImage(half.canvas, x / factor, y / factor, halfWidth * scale, halfHeight * scale);
    }
  }
  return small.canvas;
}
