import * as tf from '@tensorflow/tfjs-core';
import { spp, sppWithArgmax } from '../../kernels/spp/spp.ts';
import type { FeatureMap } from '../../core/featureMap.ts';
import type { PyramidOptions } from '../../core/model.ts';

/** A pooled map: values [bins·channels], bin-major, and for max pooling, where asked for, each maximum's flat cell index. */
export interface Pooled {
  vector: Float32Array;
  argmax: Int32Array | null;
}

/** Pools a map; `argmax` only when asked and only for max pooling. Values are [bins·channels], bin-major. */
export async function pool(map: FeatureMap, options: PyramidOptions, withArgmax: boolean): Promise<Pooled> {
  const outputs = tf.tidy(() => {
    const input = tf.tensor3d(map.data, [map.height, map.width, map.channels]);
    return withArgmax && options.pooling === 'max' ? sppWithArgmax(input, options) : { values: spp(input, options) };
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
