import { scaledToArea } from '../scaling.ts';
import { sideParameter, sizePolicy } from './descriptor.ts';

/** Whole image, aspect kept, width · height ≈ side². */
export const area = sizePolicy({
  kind: 'area',
  label: 'Whole photo',
  note: 'The whole photo in its own shape, scaled to about as many pixels as a square of this side has.',
  measured: {
    labels: 'ImageNet’s names are right as often as with Crop 224, and more often among the best five.',
    trained: 'At 300\u00a0px best on average for classes trained here.',
  },
  parameters: { side: sideParameter('Side of the square', true) },
  keepsShape: true,
  plan: (size, { side }) => ({ input: scaledToArea(size, side ** 2) }),
  name: ({ side }) => `Whole photo ${side}`,
  words: ({ side }) => `whole photo, about ${side} × ${side} pixels’ worth`,
  pixels: ({ side }) => side ** 2,
  exported: {
    python: [
      'area = policy["side"] ** 2',
      'size = tuple(min(area, max(1, int(a * (area / (w * h)) ** 0.5 + 0.5))) for a in (w, h))',
    ],
    javascript: [
      'const area = policy.side ** 2;',
      'size = [w, h].map((a) => Math.min(area, Math.max(1, Math.round(a * Math.sqrt(area / (w * h))))));',
    ],
  },
});
