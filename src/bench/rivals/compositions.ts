import * as tf from '@tensorflow/tfjs-core';
import { pyramidBins } from '../../core/pyramid/geometry.ts';

/** The paper rule from tfjs's own ops: one max pool per level. [h, w, c] → [1, bins·c]. */
export function paperComposition(map: tf.Tensor3D, levels: readonly number[]): tf.Tensor {
  const [height, width, channels] = map.shape;
  return tf.tidy(() =>
    tf.concat(
      levels.map((n) => {
        const window: [number, number] = [Math.ceil(height / n), Math.ceil(width / n)];
        const stride: [number, number] = [Math.floor(height / n), Math.floor(width / n)];
        return tf.reshape(tf.maxPool(map, window, stride, 'valid'), [1, n * n * channels]);
      }),
      1,
    ),
  );
}

/** The adaptive rule from tfjs's own ops: a slice and a maximum per bin. [h, w, c] → [1, bins·c]. */
export function adaptiveComposition(map: tf.Tensor3D, levels: readonly number[]): tf.Tensor {
  const [height, width, channels] = map.shape;
  return tf.tidy(() => {
    const whole = { top: 0, left: 0, bottom: height, right: width };
    const bins = pyramidBins(whole, [...levels], 'adaptive').map((bin) => {
      const size: [number, number, number] = [bin.bottom - bin.top, bin.right - bin.left, channels];
      return tf.max(tf.slice(map, [bin.top, bin.left, 0], size), [0, 1]);
    });
    return tf.reshape(tf.concat(bins), [1, bins.length * channels]);
  });
}
