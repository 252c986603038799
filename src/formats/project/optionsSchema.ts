import * as v from 'valibot';
import { FEATURE_CHOICES } from '../../core/training/features.ts';
import { policySchema } from '../../core/size/policySchema.ts';
import { MIN_SIDES } from '../../core/size/sizing.ts';
import { pyramidSchema } from '../../core/pyramid/pyramidSchema.ts';

/** Settings as they stand in a project file. */
export const finite = v.pipe(v.number(), v.finite());
export const share = v.pipe(finite, v.minValue(0), v.maxValue(1));
const amount = v.pipe(finite, v.minValue(0));
const positive = v.pipe(finite, v.gtValue(0));
const whole = v.pipe(v.number(), v.safeInteger());
export const countSchema = v.pipe(whole, v.minValue(0));
const atLeastOne = v.pipe(whole, v.minValue(1));
const side = v.pipe(whole, v.minValue(32), v.maxValue(4096));
const sides = v.nullable(v.pipe(v.array(side), v.minLength(1), v.maxLength(100)));

export const sideSchema = v.picklist(['train', 'val', 'test']);

export const minSideSchema = v.picklist(MIN_SIDES);

export const scalesSchema = v.pipe(
  v.array(v.union([side, v.literal('native')])),
  v.maxLength(12),
  v.check((scales) => new Set(scales).size === scales.length, 'each size once'),
);

const augmentSchema = v.partial(
  v.object({
    Resize: v.object({ p: share, scaleMin: share }),
    RandomRotate90: v.object({ p: share }),
    HorizontalFlip: v.object({ p: share }),
    ShiftScaleRotate: v.object({ p: share, shiftLimit: amount, scaleLimit: amount, rotateLimit: amount }),
    GridDistortion: v.object({ p: share, numSteps: atLeastOne, distortLimit: amount }),
    RandomBrightnessContrast: v.object({ p: share, brightnessLimit: amount, contrastLimit: amount }),
    HueSaturationValue: v.object({ p: share, hueShiftLimit: amount, satShiftLimit: amount, valShiftLimit: amount }),
  }),
);

export const gridsSchema = v.object({ two: amount, four: amount });

export const vectorsSchema = v.object({
  policy: policySchema,
  features: v.optional(v.picklist(FEATURE_CHOICES)),
  grids: v.optional(v.union([v.literal('auto'), gridsSchema])),
  pyramid: pyramidSchema,
  augmentation: v.nullable(v.object({ views: v.pipe(whole, v.minValue(0), v.maxValue(1000)), options: augmentSchema })),
  trainSides: sides,
  testSides: sides,
});

export const splitSchema = v.object({ share: v.pipe(share, v.maxValue(0.9)), seed: whole });

const trainingEntries = {
  method: v.picklist(['gradient', 'exact']),
  optimiser: v.picklist(['adam', 'sgd']),
  momentum: share,
  schedule: v.variant('kind', [
    v.object({ kind: v.literal('constant') }),
    v.object({ kind: v.literal('step'), every: atLeastOne, factor: positive }),
    v.object({ kind: v.literal('cosine') }),
    v.object({ kind: v.literal('oneCycle'), warmUp: share, startDivisor: positive, endDivisor: positive }),
  ]),
  epochs: atLeastOne,
  batchSize: atLeastOne,
  labelSmoothing: share,
  classWeights: v.picklist(['none', 'balanced']),
  patience: v.nullable(countSchema),
  normalisation: v.object({ sqrt: v.boolean(), l2: v.picklist(['vector', 'level', 'none']), centre: v.boolean() }),
};

export const trainingSchema = v.object({
  ...trainingEntries,
  learningRate: v.union([v.literal('auto'), positive]),
  weightDecay: v.union([v.literal('cv'), amount]),
});

/** As a run used them: with the numbers that were found. */
export const usedTrainingSchema = v.object({ ...trainingEntries, learningRate: amount, weightDecay: amount });
