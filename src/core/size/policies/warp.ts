import { SQUARE } from '../scaling.ts';
import { sizePolicy } from './descriptor.ts';

/** Whole image → 224 × 224, aspect given up. */
export const warp = sizePolicy({
  kind: 'warp',
  label: `Warp ${SQUARE}`,
  note: 'To compare, what others do: squashes the image.',
  measured: {
    labels: 'ImageNet’s names are right less often than with the whole photo at 300: wrong half as often again.',
    trained: 'Classes trained here are right a little less often than with the whole photo at 300, on average.',
  },
  parameters: {},
  keepsShape: false,
  plan: () => ({ input: { width: SQUARE, height: SQUARE } }),
  name: () => `Warp ${SQUARE}`,
  words: () => `whole image squashed to ${SQUARE} × ${SQUARE} px`,
  pixels: () => SQUARE ** 2,
  exported: {
    python: [`size = (${SQUARE}, ${SQUARE})`],
    javascript: [`size = [${SQUARE}, ${SQUARE}];`],
  },
});
