import { scaledToArea } from '../scaling.ts';
import { sideParameter, sizePolicy } from './descriptor.ts';

/** Whole image, aspect kept, width · height ≈ side². */
export const area = sizePolicy({
  kind: 'area',
  label: 'Area',
  note: 'The whole photo in its own shape; 300 means about 300 × 300 pixels’ worth.',
  measured: {
    labels: 'ImageNet’s names are right as often as with Crop 224, and more often among the best five.',
    trained:
      'At 300\u00a0px best on average for classes trained here: 0.8 to 0.9 points over Warp 224 with the global mean.',
  },
  parameters: { side: sideParameter('Side of the area') },
  keepsShape: true,
  plan: (size, { side }) => ({ input: scaledToArea(size, side ** 2) }),
  name: ({ side }) => `Area ${side}`,
  words: ({ side }) => `whole image, own shape, about as many pixels as ${side} × ${side}`,
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
