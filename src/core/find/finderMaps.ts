import { binCount } from '../pyramid/geometry.ts';
import { LAST_CHANNELS, MIDDLE_CHANNELS } from '../recipe/recipe.ts';
import type { FinderSettings } from './settings.ts';

/** How the windows of a photo become vectors. */
export type WindowPooling = Pick<FinderSettings, 'maps' | 'levels'>;

/** Pixels of the model's input for each cell, along a side. */
export const STRIDES = { last: 32, middle: 16 } as const;
export const MAP_CHANNELS = { last: LAST_CHANNELS, middle: MIDDLE_CHANNELS } as const;

/** Where each map's part of a vector ends. */
export function partEnds({ maps, levels }: WindowPooling): number[] {
  const bins = binCount(levels);
  let end = 0;
  return maps.map((map) => (end += MAP_CHANNELS[map] * bins));
}
