export interface Size {
  width: number;
  height: number;
}

/** Rectangle in pixels of the oriented image. */
export interface PixelRect extends Size {
  x: number;
  y: number;
}
