import type { Size, SizePolicy } from '../model.ts';

/** Every size policy, at sides where halves of a pixel come about. */
export const POLICIES: readonly SizePolicy[] = [
  { kind: 'area', side: 300 },
  { kind: 'fit', side: 224 },
  { kind: 'fit', side: 300 },
  { kind: 'native', maxPixels: 40_000 },
  { kind: 'crop' },
  { kind: 'warp' },
];

/** Thousands of sizes: all small ones up to a strip of 1 : 20, and photos' own. */
export function manySizes(): Size[] {
  const sizes: Size[] = [];
  for (let width = 1; width <= 160; width++) {
    for (let height = 1; height <= 20 * width; height += width > 20 ? 19 : 1) sizes.push({ width, height });
  }
  for (const [width, height] of [
    [56, 77],
    [6000, 4000],
    [12_000, 9000],
    [4032, 3024],
    [1, 5000],
  ] as const) {
    sizes.push({ width, height }, { width: height, height: width });
  }
  return sizes;
}
