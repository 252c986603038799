import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { softmax } from '../../src/core/softmax.ts';
import { applyHead } from '../../src/core/head/buildHead.ts';
import { createRandom } from '../../src/core/random.ts';
import { levelLengths, normalise } from '../../src/core/head/normalise.ts';
import { sampleHead } from '../../src/formats/exportFixtures.ts';
import { tfjsModel } from '../../src/formats/tfjs/tfjsModel.ts';
import { largestDifference } from './largestDifference.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

test.each([
  { sqrt: false, l2: 'vector', centre: true },
  { sqrt: true, l2: 'level', centre: true },
  { sqrt: false, l2: 'none', centre: false },
] as const)('tf.loadLayersModel takes the head, and it answers as ours: %o', async (normalisation) => {
  const head = sampleHead({ levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' }, normalisation);
  const files = tfjsModel(head, '0');
  const json = JSON.parse(files['model.json']);
  const handler = tf.io.fromMemory({
    modelTopology: json.modelTopology,
    weightSpecs: json.weightsManifest[0].weights,
    weightData: files['weights.bin'].buffer,
  });
  const model = await tf.loadLayersModel(handler);
  const random = createRandom(3);
  const vector = Float32Array.from({ length: 26_880 }, () => 6 * random.next() ** 3);
  // What the page does before the model: √ and L2, no centring.
  const prepared = normalise(vector, {
    normalisation,
    levelLengths: levelLengths(head.pyramid.levels, head.channels),
    mean: null,
    scale: 1,
  });
  const [logits, probabilities] = tf.tidy(() => {
    const lin = model.layers[0]!.apply(tf.tensor2d(prepared, [1, 26_880])) as tf.Tensor;
    const out = model.predict(tf.tensor2d(prepared, [1, 26_880])) as tf.Tensor;
    return [lin.dataSync(), out.dataSync()];
  });
  const ours = applyHead(head, vector).logits;
  expect(largestDifference(logits!, ours)).toBeLessThan(1e-4);
  expect(largestDifference(probabilities!, softmax(ours))).toBeLessThan(1e-5);
  expect(json.userDefinedMetadata.classes).toEqual(head.classes);
  model.dispose();
});
