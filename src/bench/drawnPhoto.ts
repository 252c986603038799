import { createRandom } from '../core/random.ts';

/** Cells across each layer of noise: coarse ones make the light, fine ones the texture, as their strengths fall as in photos. */
const LAYERS = [3, 7, 16, 38, 90, 210, 500, 1200];
const SHAPES = 40;
const JPEG_QUALITY = 0.9;

function layer(cells: number, ratio: number, random: () => number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(cells, Math.max(1, Math.round(cells * ratio)));
  const drawing = canvas.getContext('2d');
  if (!drawing) throw new Error('no canvas');
  const image = drawing.createImageData(canvas.width, canvas.height);
  for (let i = 0; i < image.data.length; i += 4) {
    const grey = 255 * random();
    for (let c = 0; c < 3; c++) image.data[i + c] = 0.7 * grey + 0.3 * 255 * random();
    image.data[i + 3] = 255;
  }
  drawing.putImageData(image, 0, 0);
  return canvas;
}

/**
 * A made-up picture with a photo's mixture of light, edges and texture, so that measuring and testing need no files.
 * @param seed the same seed gives the same picture
 */
export function drawPhoto(width: number, height: number, seed: number): OffscreenCanvas {
  const { next } = createRandom(seed);
  const canvas = new OffscreenCanvas(width, height);
  const drawing = canvas.getContext('2d', { alpha: false });
  if (!drawing) throw new Error('no canvas');
  drawing.imageSmoothingQuality = 'medium';
  for (const [i, cells] of LAYERS.entries()) {
    if (cells > width) break;
    drawing.globalAlpha = i === 0 ? 1 : 0.42 * 0.82 ** i;
    drawing.drawImage(layer(cells, height / width, next), 0, 0, width, height);
    if (i !== 3) continue;
    // Things with edges, between the light and the texture.
    for (let shape = 0; shape < SHAPES; shape++) {
      const [x, y, size] = [next() * width, next() * height, (0.02 + 0.2 * next() ** 2) * Math.max(width, height)];
      const hue = 360 * next();
      const colours = drawing.createLinearGradient(x - size, y - size, x + size, y + size);
      colours.addColorStop(0, `hsl(${hue} ${20 + 50 * next()}% ${20 + 60 * next()}%)`);
      colours.addColorStop(1, `hsl(${hue + 40 * next()} 30% ${10 + 60 * next()}%)`);
      drawing.fillStyle = colours;
      drawing.globalAlpha = 0.5 + 0.5 * next();
      drawing.beginPath();
      if (next() < 0.5) drawing.ellipse(x, y, size, size * (0.2 + next()), 3 * next(), 0, 7);
      else drawing.rect(x - size, y - size / 2, size * 2 * next(), size * (0.3 + next()));
      drawing.fill();
    }
  }
  return canvas;
}

/** {@link drawPhoto} as a JPEG file, as a camera would store it. */
export function drawnJpeg(width: number, height: number, seed: number): Promise<Blob> {
  return drawPhoto(width, height, seed).convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY });
}
