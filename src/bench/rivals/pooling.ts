import * as tf from '@tensorflow/tfjs-core';
import { spp } from '../../kernels/spp/spp.ts';
import { adaptiveComposition } from './compositions.ts';

const CHANNELS = 1280;
const LEVELS = [4, 2, 1];
/** A sample is the mean of as many calls as take about this long. */
const SAMPLE_MS = 30;

/** Our kernel, the same from tfjs's own ops, or one read and one write of the map (`tf.relu`), which no pooling can do without the half of. */
export type PoolingWay = 'kernel' | 'composition' | 'copy';

const WAYS: Readonly<Record<PoolingWay, (map: tf.Tensor3D) => tf.Tensor>> = {
  kernel: (map) => spp(map, { levels: LEVELS, rule: 'adaptive', pooling: 'max' }),
  composition: (map) => adaptiveComposition(map, LEVELS),
  copy: (map) => tf.relu(map),
};

const maps = new Map<string, tf.Tensor3D>();

/** Waits until the backend has computed what it was given: a GPU answers in order. */
async function settled(result: tf.Tensor): Promise<void> {
  const one = tf.tidy(() => tf.slice(tf.reshape(result, [-1]), 0, 1));
  await one.data();
  tf.dispose([one, result]);
}

/** Milliseconds of pooling one map [height, width, 1280] once, [4,2,1] adaptive max; the map is on the backend. */
export async function timePooling(way: PoolingWay, height: number, width: number): Promise<number> {
  // Small tensors would be computed on the CPU, and another thing measured.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  const key = `${tf.getBackend()} ${height} ${width}`;
  const map =
    maps.get(key) ??
    tf.tidy(() => tf.relu6(tf.randomUniform<tf.Rank.R3>([height, width, CHANNELS], -2, 8, 'float32', 7)));
  maps.set(key, map);
  const timed = async (repeats: number) => {
    const started = performance.now();
    for (let i = 1; i < repeats; i++) WAYS[way](map).dispose();
    await settled(WAYS[way](map));
    return performance.now() - started;
  };
  const once = await timed(1);
  const repeats = Math.max(1, Math.min(100, Math.round(SAMPLE_MS / once)));
  return repeats === 1 ? once : (await timed(repeats)) / repeats;
}
