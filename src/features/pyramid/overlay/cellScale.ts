import { type Scale, sequential } from '../../../ui/charts/palettes.ts';

/** Colour scale of one channel's cells in one image or in two that are compared: from 0 to the largest value. */
export function cellScale(maps: readonly Float32Array[]): Scale {
  const most = maps.map((cells) => cells.reduce((a, b) => Math.max(a, b), 0));
  return sequential(0, Math.max(1e-6, ...most));
}
