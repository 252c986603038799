import { SQUARE } from '../scaling.ts';
import { sizePolicy } from './descriptor.ts';

/** Whole image → 224 × 224, aspect given up. */
export const warp = sizePolicy({
  kind: 'warp',
  label: `Warp ${SQUARE}`,
  note: 'To compare, what others do: squashes the image.',
  measured: {
    labels: 'ImageNet labels: right for 87.0\u00a0% of test photos, among the best five for 97.6\u00a0%.',
    trained: 'With the global mean 0.9 points behind Area 300 on average, for classes trained here.',
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
