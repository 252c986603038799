import { type Bin, type CellRect, pyramidBins, type Rule } from '../../../core/pyramid/geometry.ts';

type MapSides = Record<'height' | 'width', number>;

/** Bins of one level of n×n over a whole map. */
function binsOf({ height, width }: MapSides, n: number, rule: Rule): Bin[] {
  return pyramidBins({ top: 0, left: 0, bottom: height, right: width }, [n], rule);
}

/**
 * The rows and the columns of cells that neighbouring bins of a level share, as bands across the whole map: what stands between the two lines
 * of a pair. Empty where bins only touch, and where the map has fewer cells than bins on a side, so that nearly all are shared.
 */
export function sharedBands(map: MapSides, n: number, rule: Rule): CellRect[] {
  const { height, width } = map;
  if (Math.min(height, width) < n) return [];
  const bins = binsOf(map, n, rule);
  const bands: CellRect[] = [];
  for (let i = 0; i + 1 < n; i++) {
    const [above, below] = [bins[i * n], bins[(i + 1) * n]];
    if (above && below && below.top < above.bottom) {
      bands.push({ top: below.top, bottom: above.bottom, left: 0, right: width });
    }
    const [before, after] = [bins[i], bins[i + 1]];
    if (before && after && after.left < before.right) {
      bands.push({ top: 0, bottom: height, left: after.left, right: before.right });
    }
  }
  return bands;
}
