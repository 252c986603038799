import type { TileProgress } from '../../../core/model.ts';

/** "Tile 7 of 24", of the one being computed, counted from 1. */
export function tileWords({ done, total }: TileProgress): string {
  return `Tile ${Math.min(done + 1, total)} of ${total}`;
}
