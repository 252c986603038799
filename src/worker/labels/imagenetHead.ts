import * as tf from '@tensorflow/tfjs-core';
import type { EverydayClass } from '../../core/labels/everyday.ts';
import { READY_HEADS } from '../../core/labels/readyHeads.ts';
import { imagenetFactor, TWO_LOOKS_FACTOR } from '../../core/labels/temperature.ts';
import type { Session } from '../session/session.ts';
import { IMAGENET_NAMES } from './imagenetModel.ts';
import type { MeanHead } from './meanHead.ts';

/**
 * The official logits layer (its own pooling is fixed at 7×7) on the mean of a map of any size, on the backend that runs.
 * @param everyday the built-in classes, of which the first thousand are ImageNet's, for their groups; empty where they are not at hand
 */
export function imagenetHead(session: Session, everyday: readonly EverydayClass[]): MeanHead {
  return {
    choice: 'imagenet',
    name: READY_HEADS.imagenet.name,
    backbone: 'imagenet',
    classes: IMAGENET_NAMES.map((name, i) => ({ name, group: everyday[i]?.group })),
    factor: (plan, looks) => (looks === 2 ? TWO_LOOKS_FACTOR : imagenetFactor(plan)),
    logits: (mean) =>
      session.compute(async ({ imagenet }) => {
        if (!imagenet) return null;
        const output = tf.tidy(() => imagenet.logits(tf.tensor2d(mean, [1, mean.length])));
        try {
          return await output.data<'float32'>();
        } finally {
          output.dispose();
        }
      }),
    layer: () => session.compute(async ({ imagenet }) => (imagenet ? imagenet.weights() : null)),
  };
}
