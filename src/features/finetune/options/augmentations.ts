import type { AugmentOptions } from '../../../core/training/model.ts';

export interface AugmentParameter {
  key: string;
  label: string;
  min: number;
  max: number;
  step: number;
  unit: 'percent' | 'degrees' | 'number';
}

export interface AugmentationEntry {
  /** albumentations' name. */
  name: keyof AugmentOptions;
  does: string;
  parameters: readonly AugmentParameter[];
}

const percent = (key: string, label: string, max: number, min = 0): AugmentParameter => ({
  key,
  label,
  min,
  max,
  step: 0.01,
  unit: 'percent',
});
const number = (key: string, label: string, max: number): AugmentParameter => ({
  key,
  label,
  min: 0,
  max,
  step: 1,
  unit: 'number',
});

/** The seven augmentations with what can be set, besides the probability that each has. */
export const AUGMENTATIONS: readonly AugmentationEntry[] = [
  { name: 'Resize', does: 'smaller, content kept', parameters: [percent('scaleMin', 'Down to', 1, 0.1)] },
  { name: 'RandomRotate90', does: 'quarter turns', parameters: [] },
  { name: 'HorizontalFlip', does: 'mirrored', parameters: [] },
  {
    name: 'ShiftScaleRotate',
    does: 'moved, zoomed, turned',
    parameters: [
      percent('shiftLimit', 'Shift', 0.5),
      percent('scaleLimit', 'Scale', 0.5),
      { key: 'rotateLimit', label: 'Rotate', min: 0, max: 180, step: 1, unit: 'degrees' },
    ],
  },
  { name: 'GridDistortion', does: 'uneven grid', parameters: [percent('distortLimit', 'Distortion', 0.9)] },
  {
    name: 'RandomBrightnessContrast',
    does: 'light',
    parameters: [percent('brightnessLimit', 'Brightness', 1), percent('contrastLimit', 'Contrast', 1)],
  },
  {
    name: 'HueSaturationValue',
    does: 'colour',
    parameters: [
      number('hueShiftLimit', 'Hue', 90),
      number('satShiftLimit', 'Saturation', 128),
      number('valShiftLimit', 'Value', 128),
    ],
  },
];

export function parameterWords(value: number, unit: AugmentParameter['unit']): string {
  if (unit === 'percent') return `${Math.round(value * 100)} %`;
  return unit === 'degrees' ? `${value}°` : String(value);
}
