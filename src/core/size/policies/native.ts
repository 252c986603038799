import { scaledIntoBudget } from '../scaling.ts';
import { sizePolicy } from './descriptor.ts';

/**
 * Largest image decoded: 2²⁷ pixels, 134 megapixels. Decoded it takes 4 bytes a pixel, so at most 512 MiB. Takes a 108-megapixel phone photo
 * (12,000 × 9,000) and leaves room for a decoder's own copy within 1.5 GB.
 */
export const DEFAULT_MAX_PIXELS = 2 ** 27;

const MEGAPIXEL = 1e6;

/** Own size; above `maxPixels` scaled down into that budget, aspect kept. By default whatever was decoded, in tiles where it is large. */
export const native = sizePolicy({
  kind: 'native',
  label: 'Native',
  note: 'The image’s own size, up to the limit, in tiles where it is large.',
  parameters: {
    maxPixels: {
      min: 1,
      max: Number.MAX_SAFE_INTEGER,
      default: DEFAULT_MAX_PIXELS,
      field: {
        label: 'Limit',
        unit: 'MP',
        per: MEGAPIXEL,
        decimals: 2,
        min: 0.01,
        max: Math.round(DEFAULT_MAX_PIXELS / 1e4) / 100,
      },
    },
  },
  keepsShape: true,
  plan: (size, { maxPixels }) => ({
    input:
      size.width * size.height <= maxPixels
        ? { width: size.width, height: size.height }
        : scaledIntoBudget(size, maxPixels),
  }),
  name: ({ maxPixels }) =>
    maxPixels >= DEFAULT_MAX_PIXELS ? 'Native' : `Native ≤ ${Math.round(maxPixels / 1e5) / 10} MP`,
  words: ({ maxPixels }) => `whole image at its own size, up to ${(maxPixels / MEGAPIXEL).toFixed(1)} megapixels`,
  pixels: ({ maxPixels }) => maxPixels,
  exported: {
    python: ['size = (w, h) if w * h <= policy["maxPixels"] else into(policy["maxPixels"], w, h)'],
    javascript: ['size = w * h <= policy.maxPixels ? [w, h] : into(policy.maxPixels, w, h);'],
  },
});
