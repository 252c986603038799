/** Numbers for each cell of the backbone's feature map. */
export const CHANNELS = 1280;
/** Pixels of the model's input for each cell, along a side. */
export const STRIDE = 32;

/** A feature map held outside the backend, so that it outlives a lost device: [height, width, channels]. */
export interface FeatureMap {
  height: number;
  width: number;
  channels: number;
  data: Float32Array;
}

/** Side in cells of the feature map of an input of `pixels` pixels (TensorFlow's SAME padding). */
export function cellsOf(pixels: number): number {
  return Math.ceil(pixels / STRIDE);
}
