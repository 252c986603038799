/** How a large image is cut, as the engine's worker tells the page. */
import type { ImageFacts, PixelRect, Size, SizePlan } from './model.ts';

/** How an image was cut where it was too large for one piece (DESIGN.md, "Any size, for real"). Sides of a tile in pixels of the model's input. */
export interface TilesInfo extends Size {
  count: number;
  /** Largest input in one piece, in pixels: from the backend's limits and memory. */
  budget: number;
}

/** `done` of `total` tiles are computed; `rect` is the one being computed now (the last one when all are), in pixels of the model's input (`plan.input`). */
export interface TileProgress {
  done: number;
  total: number;
  rect: PixelRect;
  /**
   * Where the tiles' own parts, which cover the input once, begin and end along each side, 0 and the input's side included; in pixels of the
   * model's input. Tiles come row by row.
   */
  edges: { x: number[]; y: number[] };
}

/** A large image as soon as it is decoded, long before its answer. */
export interface SeenImage {
  facts: ImageFacts;
  plan: SizePlan;
  thumbnail: Blob;
}
