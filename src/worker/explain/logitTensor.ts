import * as tf from '@tensorflow/tfjs-core';
import { levelOffsets } from '../../core/pyramid/geometry.ts';
import type { HeadData } from '../../core/model.ts';

/** For tests: a class's logit of a pooled vector, in tensors. `values` are the vector's own numbers. */
export function logitTensor(vector: tf.Tensor, values: Float32Array, head: HeadData, classIndex: number): tf.Scalar {
  const { sqrt, l2, centre } = head.normalisation;
  let n: tf.Tensor1D = tf.reshape(vector, [values.length]);
  // The kernels' square root has slope ∞ at 0, where 0 is to be taken: 1 is added there before, and the result blanked.
  if (sqrt) {
    const zero = tf.tensor1d(values.map((value) => (value === 0 ? 1 : 0)));
    n = tf.mul(tf.sqrt(tf.add(n, zero)), tf.sub(1, zero));
  }
  const unit = (part: tf.Tensor1D): tf.Tensor1D => tf.div(part, tf.sqrt(tf.sum(tf.square(part))));
  if (l2 === 'vector') n = unit(n);
  if (l2 === 'level') {
    const bins = levelOffsets(head.pyramid.levels);
    const part = (level: number) =>
      tf.slice(n, bins[level]! * head.channels, (bins[level + 1]! - bins[level]!) * head.channels);
    const parts = head.pyramid.levels.map((_, level) => unit(part(level)));
    n = parts.length === 1 ? parts[0]! : tf.concat1d(parts);
  }
  if (centre) n = tf.div(tf.sub(n, tf.tensor1d(head.mean!)), head.scale);
  const weights = tf.tensor1d(head.weights.slice(classIndex * values.length, (classIndex + 1) * values.length));
  return tf.add(tf.sum(tf.mul(weights, n)), head.bias[classIndex]!);
}
