import { diverging, type Scale } from '../../../ui/charts/palettes.ts';
import type { PanelModel } from '../panelModel.ts';

/**
 * Evidence for the shown class on every cell of the map, [height·width]; null where none is shown. A head on the mean has it per cell; of a head
 * on the pyramid each bin's evidence is spread evenly over the cells of the bin, so that the cells add up to what the bins add up to.
 */
export function evidenceCells(model: PanelModel): Float32Array | null {
  const { evidence, bins, inspection } = model;
  if (!evidence) return null;
  if (evidence.cells) return evidence.cells;
  if (!evidence.bins) return null;
  const { height, width } = inspection.map;
  const cells = new Float32Array(height * width);
  for (const { index, top, bottom, left, right } of bins) {
    const share = (evidence.bins[index] ?? 0) / Math.max(1, (bottom - top) * (right - left));
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) cells[y * width + x] = (cells[y * width + x] ?? 0) + share;
    }
  }
  return cells;
}

/** Colours of evidence on cells: white at 0. */
export function evidenceScale(cells: Float32Array): Scale {
  return diverging(cells.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9));
}
