import { createRandom } from '../../random.ts';
import type { Size } from '../../model.ts';
import { type Box, boxAt } from '../boxes.ts';
import { type Planes, toHsv, toLab } from './colourSpaces.ts';
import { groupRegions } from './grouping.ts';
import { regionsOf, textureBins } from './regionFeatures.ts';
import { pixelEdges, segment } from './segmentation.ts';

/** Longer side in pixels at which regions are looked for. */
export const PROPOSAL_SIDE = 300;
export const DEFAULT_PROPOSALS = 500;

const SIGMA = 0.8;
/** Felzenszwalb's k, and the smallest region in pixels. */
const SCALES: readonly number[] = [50, 100];

export interface ProposalOptions {
  /** Most boxes, the whole photo among them. */
  max?: number;
  seed?: number;
  /** Called between steps of some 50 ms; may throw to stop, or wait. */
  onStep?: () => void | Promise<void>;
}

/**
 * Selective search (Uijlings, van de Sande, Gevers and Smeulders 2013): boxes that may hold a thing. Regions of two segmentations in two
 * colour spaces grow together by two measures of similarity; boxes are ordered by how late in their hierarchy they were made, times a
 * seeded random number, and equal ones are kept once.
 *
 * @param rgb [height, width, 3] in 0 … 1, of a photo whose longer side is about {@link PROPOSAL_SIDE}
 * @param photo size of the photo whose pixels the boxes are in
 * @returns the whole photo first, then the boxes in their order
 */
export async function selectiveSearch(
  rgb: Float32Array,
  { width, height }: Size,
  photo: Size,
  { max = DEFAULT_PROPOSALS + 1, seed = 1, onStep }: ProposalOptions = {},
): Promise<Box[]> {
  const random = createRandom(seed);
  const ranked: { key: string; box: Box; rank: number }[] = [];
  for (const convert of [toHsv, toLab]) {
    const picture: Planes = convert(rgb, width, height);
    await onStep?.();
    const edges = pixelEdges(picture, SIGMA);
    const texture = textureBins(picture);
    await onStep?.();
    for (const k of SCALES) {
      const regions = regionsOf(picture, segment(edges, width * height, k, k), texture);
      await onStep?.();
      for (const colour of [true, false]) {
        const boxes = groupRegions(regions, width * height, colour);
        for (let i = 0; i < boxes.length / 4; i++) {
          const box = boxAt(boxes, 4 * i);
          ranked.push({ key: box.join(), box, rank: (i + 1) * random.next() });
        }
        await onStep?.();
      }
    }
  }
  ranked.sort((a, b) => a.rank - b.rank);
  const [sx, sy] = [photo.width / width, photo.height / height];
  const seen = new Set([[0, 0, width, height].join()]);
  const found: Box[] = [[0, 0, photo.width, photo.height]];
  for (const { key, box } of ranked) {
    if (found.length >= max) break;
    if (seen.has(key)) continue;
    seen.add(key);
    found.push([box[0] * sx, box[1] * sy, box[2] * sx, box[3] * sy]);
  }
  return found;
}
