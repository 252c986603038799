import type { Size } from '../size.ts';
import { MAX_INPUT_PIXELS, scaledIntoBudget } from '../scaling.ts';
import { sideParameter, sizePolicy } from './descriptor.ts';

/** On an extreme aspect: at most this many times side², which an aspect of 16 : 1 just reaches. */
const AREA_FACTOR = 16;

/**
 * Whole image, shorter side = `side`, aspect kept. Where the aspect is beyond 16 : 1 (or the result beyond 2²⁴ pixels) the image is made
 * smaller than that, aspect still kept, so that a 1 × 5000 strip does not become millions of pixels.
 */
export const fit = sizePolicy({
  kind: 'fit',
  label: 'Fit',
  note: 'All of the image, its own shape, by its shorter side.',
  parameters: { side: sideParameter('Shorter side') },
  keepsShape: true,
  plan: (size, { side }) => ({ input: fitted(size, side) }),
  name: ({ side }) => `Fit ${side}`,
  words: ({ side }) => `whole image, own shape, shorter side ${side} px`,
  pixels: ({ side }) => side ** 2,
  exported: {
    python: [
      'scale = policy["side"] / min(w, h)',
      'size = tuple(int(a * scale + 0.5) for a in (w, h))',
      `budget = min(${AREA_FACTOR} * policy["side"] ** 2, ${MAX_INPUT_PIXELS})`,
      `if size[0] * size[1] > budget:  # a strip beyond ${AREA_FACTOR} : 1`,
      '    size = into(budget, w, h)',
    ],
    javascript: [
      'const scale = policy.side / Math.min(w, h);',
      'size = [w, h].map((a) => Math.round(a * scale));',
      `const budget = Math.min(${AREA_FACTOR} * policy.side ** 2, ${MAX_INPUT_PIXELS});`,
      `if (size[0] * size[1] > budget) size = into(budget, w, h); // a strip beyond ${AREA_FACTOR} : 1`,
    ],
  },
});

function fitted(size: Size, side: number): Size {
  const scale = side / Math.min(size.width, size.height);
  const budget = Math.min(AREA_FACTOR * side * side, MAX_INPUT_PIXELS);
  const input = { width: Math.round(size.width * scale), height: Math.round(size.height * scale) };
  return input.width * input.height > budget ? scaledIntoBudget(size, budget) : input;
}
