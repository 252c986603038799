import type { Pooling, Rule } from '../../core/pyramid/geometry.ts';

/** The op's kernels, as tfjs's registry knows them. */
export const POOL_KERNEL = 'SpatialPyramidPool';
export const ARGMAX_KERNEL = 'SpatialPyramidPoolArgmax';
export const GRADIENT_KERNEL = 'SpatialPyramidPoolGradient';

/** Attributes of every kernel of the op; checked by `spp()` before any kernel runs. */
export interface SppAttributes {
  levels: readonly number[];
  rule: Rule;
  pooling: Pooling;
  /** Rows of [top, left, bottom, right], half-open, in cells of the map. */
  windows: Int32Array;
}

/** [height, width, channels] of a feature map. */
export type MapShape = readonly [height: number, width: number, channels: number];

/** Ints in a row of {@link SppAttributes.windows}. */
export const WINDOW_ROW = 4;

/** Row `window` of {@link SppAttributes.windows} by its sides. */
export function windowAt(
  windows: Int32Array,
  window: number,
): { top: number; left: number; bottom: number; right: number } {
  const [top = 0, left = 0, bottom = 0, right = 0] = windows.subarray(window * WINDOW_ROW);
  return { top, left, bottom, right };
}

/** How many windows there are. */
export function windowCount(attributes: SppAttributes): number {
  return attributes.windows.length / WINDOW_ROW;
}
