import * as tf from '@tensorflow/tfjs-core';
import { spp, sppWithArgmax } from '../../kernels/spp/spp.ts';
import type { FeatureMap } from '../../core/featureMap.ts';
import type { PyramidOptions } from '../../core/model.ts';

/** A pooled map: values [bins·channels], bin-major, and where asked for the flat cell in which each bin's channel is largest. */
export interface Pooled {
  vector: Float32Array;
  argmax: Int32Array | null;
}

/** Pools a map; `argmax` only when asked: under `mean`, of which it is no part, too. Values are [bins·channels], bin-major. */
export async function pool(map: FeatureMap, options: PyramidOptions, withArgmax: boolean): Promise<Pooled> {
  const outputs = tf.tidy(() => {
    const input = tf.tensor3d(map.data, [map.height, map.width, map.channels]);
    if (!withArgmax) return { values: spp(input, options) };
    const largest = sppWithArgmax(input, { ...options, pooling: 'max' });
    return options.pooling === 'max' ? largest : { values: spp(input, options), argmax: largest.argmax };
  });
  const argmax = 'argmax' in outputs ? outputs.argmax : null;
  try {
    const [vector, positions] = await Promise.all([outputs.values.data(), argmax?.data() ?? null]);
    return { vector: vector as Float32Array, argmax: positions as Int32Array | null };
  } finally {
    outputs.values.dispose();
    argmax?.dispose();
  }
}
