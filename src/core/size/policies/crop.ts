import { SQUARE } from '../scaling.ts';
import { sizePolicy } from './descriptor.ts';

/** ImageNet's usual evaluation crop: resize the shorter side to 256 and keep the central 224, so 0.875 of it. */
const FRACTION = 0.875;

/** ImageNet's usual evaluation crop, the central square of 0.875 of the shorter side → 224 × 224. */
export const crop = sizePolicy({
  kind: 'crop',
  label: `Crop ${SQUARE}`,
  note: 'To compare, what others do: cuts the edges off.',
  measured: {
    labels: 'ImageNet’s names are right as often as with the whole photo at 300, and less often among the best five.',
  },
  parameters: {},
  keepsShape: false,
  plan({ width, height }) {
    const side = Math.max(1, Math.round(Math.min(width, height) * FRACTION));
    return {
      source: { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), width: side, height: side },
      input: { width: SQUARE, height: SQUARE },
    };
  },
  name: () => `Crop ${SQUARE}`,
  words: () => `central square only, ${SQUARE} × ${SQUARE} px`,
  pixels: () => SQUARE ** 2,
  exported: {
    python: [
      `side = max(1, int(min(w, h) * ${FRACTION} + 0.5))`,
      'left, top = (w - side) // 2, (h - side) // 2',
      `box, size = (left, top, left + side, top + side), (${SQUARE}, ${SQUARE})`,
    ],
    javascript: [
      `const side = Math.max(1, Math.round(Math.min(w, h) * ${FRACTION}));`,
      'source = [Math.floor((w - side) / 2), Math.floor((h - side) / 2), side, side];',
      `size = [${SQUARE}, ${SQUARE}];`,
    ],
  },
});
