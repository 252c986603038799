import { blur, type Planes } from './colourSpaces.ts';
import type { Segmentation } from './segmentation.ts';

/** What regions are compared by (Uijlings et al. 2013, §3.2). */
export interface Regions {
  count: number;
  /** Colour histograms, 25 bins for each of three channels, summing to 1: [count, 75]. */
  colour: Float32Array;
  /** Histograms of Gaussian derivatives, 8 orientations × 10 bins for each of three channels, summing to 1: [count, 240]. */
  texture: Float32Array;
  /** Pixels. */
  sizes: Int32Array;
  /** Left, top, right, bottom of each, half-open: [count, 4]. */
  boxes: Int32Array;
  /** Neighbours of each, both ways. */
  neighbours: readonly ReadonlySet<number>[];
}

const COLOUR_BINS = 25;
const ORIENTATIONS = 8;
const TEXTURE_BINS = 10;
export const COLOUR_SIZE = 3 * COLOUR_BINS;
export const TEXTURE_SIZE = 3 * ORIENTATIONS * TEXTURE_BINS;
/** σ of the Gaussian derivatives, pixels. */
const TEXTURE_SIGMA = 1;

/** Which of a channel's 80 texture bins every pixel falls into, by orientation; worked out once for all segmentations of a picture. */
export function textureBins({ planes, width, height }: Planes): Uint8Array[] {
  return planes.flatMap((plane) => {
    const smooth = blur(plane, width, height, TEXTURE_SIGMA);
    const [dx, dy] = derivatives(smooth, width, height);
    return Array.from({ length: ORIENTATIONS }, (_, orientation) => {
      const angle = (2 * Math.PI * orientation) / ORIENTATIONS;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const response = new Float32Array(plane.length);
      let most = 0;
      for (let p = 0; p < response.length; p++) {
        const value = cos * (dx[p] as number) + sin * (dy[p] as number);
        if (value <= 0) continue;
        response[p] = value;
        if (value > most) most = value;
      }
      const scale = most > 0 ? TEXTURE_BINS / most : 0;
      // A loop: Uint8Array.from with a function took as long as all the rest of selective search.
      const bins = new Uint8Array(response.length);
      for (let p = 0; p < bins.length; p++) bins[p] = Math.min(TEXTURE_BINS - 1, (response[p] as number) * scale);
      return bins;
    });
  });
}

/** Central differences, borders repeated. */
function derivatives(plane: Float32Array, width: number, height: number): [Float32Array, Float32Array] {
  const [dx, dy] = [new Float32Array(plane.length), new Float32Array(plane.length)];
  for (let y = 0; y < height; y++) {
    const [above, below] = [Math.max(0, y - 1) * width, Math.min(height - 1, y + 1) * width];
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      dx[p] =
        (plane[y * width + Math.min(width - 1, x + 1)] as number) - (plane[y * width + Math.max(0, x - 1)] as number);
      dy[p] = (plane[below + x] as number) - (plane[above + x] as number);
    }
  }
  return [dx, dy];
}

/** Regions of a segmentation with what they are compared by. @param texture of {@link textureBins} */
export function regionsOf(picture: Planes, { labels, count }: Segmentation, texture: readonly Uint8Array[]): Regions {
  const { planes, width, height } = picture;
  const regions = {
    count,
    colour: new Float32Array(count * COLOUR_SIZE),
    texture: new Float32Array(count * TEXTURE_SIZE),
    sizes: new Int32Array(count),
    boxes: Int32Array.from({ length: 4 * count }, (_, i) => (i % 4 < 2 ? Math.max(width, height) : 0)),
    neighbours: Array.from({ length: count }, () => new Set<number>()),
  };
  for (const label of labels) regions.sizes[label] = (regions.sizes[label] as number) + 1;
  planes.forEach((plane, channel) => {
    for (let p = 0; p < labels.length; p++) {
      const bin = Math.min(COLOUR_BINS - 1, Math.max(0, Math.floor(((plane[p] as number) * COLOUR_BINS) / 256)));
      const at = (labels[p] as number) * COLOUR_SIZE + channel * COLOUR_BINS + bin;
      regions.colour[at] = (regions.colour[at] as number) + 1;
    }
  });
  texture.forEach((bins, part) => {
    for (let p = 0; p < labels.length; p++) {
      const at = (labels[p] as number) * TEXTURE_SIZE + part * TEXTURE_BINS + (bins[p] as number);
      regions.texture[at] = (regions.texture[at] as number) + 1;
    }
  });
  share(regions.colour, regions.sizes, COLOUR_SIZE, 3);
  share(regions.texture, regions.sizes, TEXTURE_SIZE, 3 * ORIENTATIONS);
  boundsAndNeighbours(regions, labels, width, height);
  return regions;
}

/** Counts to shares of all counts. */
function share(histograms: Float32Array, sizes: Int32Array, length: number, votes: number): void {
  sizes.forEach((size, region) => {
    const scale = 1 / (size * votes);
    for (let i = region * length; i < (region + 1) * length; i++) histograms[i] = (histograms[i] as number) * scale;
  });
}

function boundsAndNeighbours(
  { boxes, neighbours }: { boxes: Int32Array; neighbours: Set<number>[] },
  labels: Int32Array,
  width: number,
  height: number,
): void {
  const meet = (a: number, b: number) => {
    if (a === b) return;
    neighbours[a]?.add(b);
    neighbours[b]?.add(a);
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      const label = labels[p] as number;
      const at = 4 * label;
      if (x < (boxes[at] as number)) boxes[at] = x;
      if (y < (boxes[at + 1] as number)) boxes[at + 1] = y;
      if (x + 1 > (boxes[at + 2] as number)) boxes[at + 2] = x + 1;
      if (y + 1 > (boxes[at + 3] as number)) boxes[at + 3] = y + 1;
      if (x + 1 < width) meet(label, labels[p + 1] as number);
      if (y + 1 < height) meet(label, labels[p + width] as number);
      if (x + 1 < width && y + 1 < height) meet(label, labels[p + width + 1] as number);
      if (x > 0 && y + 1 < height) meet(label, labels[p + width - 1] as number);
    }
  }
}
