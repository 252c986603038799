import { load } from '@tensorflow-models/mobilenet';
import * as tf from '@tensorflow/tfjs-core';
import type { Backbone } from '../../worker/models/backbone.ts';

const OFFICIAL = 'https://storage.googleapis.com/tfjs-models/savedmodel/mobilenet_v2_1.0_224/model.json';
const SIDE = 224;

let official: ReturnType<typeof load> | null = null;

/** Milliseconds from a photo's file to its classes through `@tensorflow-models/mobilenet`, with the official model, which is fetched once. */
export async function timeMobilenet(photo: Blob): Promise<number> {
  official ??= load({ version: 2, alpha: 1, modelUrl: OFFICIAL, inputRange: [0, 1] });
  const network = await official;
  const started = performance.now();
  const bitmap = await createImageBitmap(photo);
  const pixels = tf.browser.fromPixels(bitmap);
  bitmap.close();
  await network.classify(pixels);
  pixels.dispose();
  return performance.now() - started;
}

/**
 * Milliseconds of the same steps as in `@tensorflow-models/mobilenet` (the whole picture to a tensor, `resizeBilinear` to 224 × 224, the network) on the
 * features that come with the app, whose cost is that of the official ones but for the last layer; the mean of the map is read.
 */
export async function timeTfjsPhoto(photo: Blob, backbone: Backbone): Promise<number> {
  const started = performance.now();
  const bitmap = await createImageBitmap(photo);
  const mean = tf.tidy(() => {
    const pixels = tf.cast(tf.browser.fromPixels(bitmap), 'float32');
    const input = tf.image.resizeBilinear(tf.div<tf.Tensor3D>(pixels, 255), [SIDE, SIDE], true);
    return tf.mean(backbone.run(input), [0, 1]);
  });
  bitmap.close();
  await mean.data();
  mean.dispose();
  return performance.now() - started;
}

/** Milliseconds of the backbone alone on an input [height, width, 3] that is on the backend; the map's mean is read. */
export async function timeBackbone(backbone: Backbone, height: number, width: number): Promise<number> {
  const input = tf.randomUniform<tf.Rank.R3>([height, width, 3], 0, 1, 'float32', 3);
  await input.data();
  const started = performance.now();
  const mean = tf.tidy(() => tf.mean(backbone.run(input), [0, 1]));
  await mean.data();
  const spent = performance.now() - started;
  tf.dispose([input, mean]);
  return spent;
}
