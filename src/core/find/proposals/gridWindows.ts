import type { Size } from '../../model.ts';
import type { Box } from '../boxes.ts';

/** Shares of the photo's shorter side. */
const SIDES: readonly number[] = [1, 0.7, 0.5, 0.35, 0.25];
/** Width over height. */
const ASPECTS: readonly number[] = [1, 0.5, 2];
/** Neighbours overlap by this share of their side. */
const OVERLAP = 0.5;

/** Windows at five sizes and three aspects over the whole photo, each overlapping its neighbours by half; the whole photo first. */
export function gridWindows({ width, height }: Size, max = Infinity): Box[] {
  const boxes: Box[] = [[0, 0, width, height]];
  const shorter = Math.min(width, height);
  for (const side of SIDES) {
    for (const aspect of ASPECTS) {
      const w = Math.min(width, side * shorter * Math.sqrt(aspect));
      const h = Math.min(height, (side * shorter) / Math.sqrt(aspect));
      for (const top of starts(height, h)) {
        for (const left of starts(width, w)) {
          if (boxes.length >= max) return boxes;
          boxes.push([left, top, left + w, top + h]);
        }
      }
    }
  }
  return boxes;
}

/** Evenly spread starts of pieces of `piece` over `whole`. */
function starts(whole: number, piece: number): number[] {
  const steps = Math.ceil((whole - piece) / (piece * (1 - OVERLAP)));
  return Array.from({ length: Math.max(0, steps) + 1 }, (_, i) => (steps > 0 ? (i * (whole - piece)) / steps : 0));
}
