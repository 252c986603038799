import type { RgbImage } from './rgbImage.ts';

const clip = (value: number) => Math.min(1, Math.max(0, value));

/** x·(1 + contrast) + brightness, clipped to 0…1, in place (albumentations' `brightness_by_max`). */
export function brightnessContrast({ data }: RgbImage, brightness: number, contrast: number): void {
  for (let i = 0; i < data.length; i++) data[i] = clip(data[i]! * (1 + contrast) + brightness);
}

/**
 * Shifts hue (turning round), saturation and value (clipped) in HSV space, in place.
 * @param hue in OpenCV's 8-bit steps of 2° (180 is the full circle)
 * @param saturation,value out of 255
 */
export function hueSaturationValue({ data }: RgbImage, hue: number, saturation: number, value: number): void {
  for (let i = 0; i < data.length; i += 3) {
    const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!];
    const v = Math.max(r, g, b);
    const chroma = v - Math.min(r, g, b);
    let h = 0;
    if (chroma > 0) h = v === r ? (g - b) / chroma : v === g ? 2 + (b - r) / chroma : 4 + (r - g) / chroma;
    const s = v > 0 ? chroma / v : 0;
    const [sixth, s2, v2] = [h + (hue * 2) / 60, clip(s + saturation / 255), clip(v + value / 255)];
    // HSV to RGB as f(n) = v − v·s·max(0, min(k, 4 − k, 1)), k = (n + h/60°) mod 6, for n = 5, 3, 1.
    for (let c = 0; c < 3; c++) {
      const k = (((5 - 2 * c + sixth) % 6) + 6) % 6;
      data[i + c] = v2 - v2 * s2 * Math.max(0, Math.min(k, 4 - k, 1));
    }
  }
}
