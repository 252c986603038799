import { type Scale, sequential } from '../../ui/palettes.ts';

/** Colour scale of one channel's cells: from 0 to its largest value, as the panel's scale of the maxima in the bins. */
export function cellScale(cells: Float32Array): Scale {
  return sequential(
    0,
    cells.reduce((a, b) => Math.max(a, b), 1e-6),
  );
}
