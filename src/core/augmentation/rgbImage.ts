/** An image as floats: RGB [height, width, 3], 0…1. */
export interface RgbImage {
  data: Float32Array;
  width: number;
  height: number;
}
