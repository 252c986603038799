/** A picture in three planes of 0 … 255, row-major. */
export interface Planes {
  width: number;
  height: number;
  planes: readonly [Float32Array, Float32Array, Float32Array];
}

/** Hue, saturation and value of RGB in 0 … 1, each scaled to 0 … 255. */
export function toHsv(rgb: Float32Array, width: number, height: number): Planes {
  return convert(rgb, width, height, (r, g, b, out) => {
    const max = Math.max(r, g, b);
    const range = max - Math.min(r, g, b);
    let hue = 0;
    if (range > 0) {
      if (max === r) hue = ((g - b) / range + 6) % 6;
      else if (max === g) hue = (b - r) / range + 2;
      else hue = (r - g) / range + 4;
    }
    out[0] = (hue / 6) * 255;
    out[1] = max > 0 ? (range / max) * 255 : 0;
    out[2] = max * 255;
  });
}

/** CIE L*a*b* (D65) of sRGB in 0 … 1: L scaled to 0 … 255, a and b moved by 128. */
export function toLab(rgb: Float32Array, width: number, height: number): Planes {
  return convert(rgb, width, height, (r, g, b, out) => {
    const [lr, lg, lb] = [linear(r), linear(g), linear(b)];
    const x = cubeRoot((0.412453 * lr + 0.35758 * lg + 0.180423 * lb) / 0.950456);
    const y = cubeRoot(0.212671 * lr + 0.71516 * lg + 0.072169 * lb);
    const z = cubeRoot((0.019334 * lr + 0.119193 * lg + 0.950227 * lb) / 1.088754);
    out[0] = (116 * y - 16) * 2.55;
    out[1] = 500 * (x - y) + 128;
    out[2] = 200 * (y - z) + 128;
  });
}

const linear = (value: number) => (value > 0.04045 ? ((value + 0.055) / 1.055) ** 2.4 : value / 12.92);
const cubeRoot = (value: number) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116);

type Pixel = (r: number, g: number, b: number, out: [number, number, number]) => void;

/** @param rgb [height, width, 3] in 0 … 1 */
function convert(rgb: Float32Array, width: number, height: number, pixel: Pixel): Planes {
  const count = width * height;
  const planes = [new Float32Array(count), new Float32Array(count), new Float32Array(count)] as const;
  const out: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    pixel(rgb[3 * i] as number, rgb[3 * i + 1] as number, rgb[3 * i + 2] as number, out);
    planes[0][i] = out[0];
    planes[1][i] = out[1];
    planes[2][i] = out[2];
  }
  return { width, height, planes };
}

/** A plane blurred by a Gaussian of standard deviation `sigma` pixels, borders repeated. */
export function blur(plane: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const reach = Math.ceil(sigma * 4);
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)),
  );
  const sum = kernel.reduce((total, value) => total + value, 0);
  const along = (from: Float32Array, count: number, step: number, lines: number, lineStep: number) => {
    const to = new Float32Array(from.length);
    for (let line = 0; line < lines; line++) {
      const start = line * lineStep;
      for (let i = 0; i < count; i++) {
        let value = 0;
        const inside = i >= reach && i + reach < count;
        for (let k = -reach; k <= reach; k++) {
          const at = inside ? i + k : Math.min(count - 1, Math.max(0, i + k));
          value += (kernel[k + reach] as number) * (from[start + at * step] as number);
        }
        to[start + i * step] = value / sum;
      }
    }
    return to;
  };
  return along(along(plane, width, 1, height, width), height, width, width, 1);
}
