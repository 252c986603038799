import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { type Backbone, EMBEDDED_NODES, graphBackbone } from '../../src/worker/models/backbone.ts';
import { joinModel, modelHandler, parseModelJson } from '../../src/worker/models/modelFiles.ts';
import { headBlocks } from '../../src/core/head/headFeatures.ts';
import { headSizes } from '../../src/core/head/headSizes.ts';
import type { HeadData } from '../../src/core/model.ts';
import { averageSizes, joinBlocks, type PooledMaps, whitenPhoto } from '../../src/core/recipe/recipe.ts';
import { RunningMoments } from '../../src/core/recipe/runningMoments.ts';
import { softmax } from '../../src/core/softmax.ts';
import { applyHead } from '../../src/core/head/buildHead.ts';
import { createRandom } from '../../src/core/random.ts';
import { type BackboneGraph, readBackboneGraph } from '../../src/formats/backboneGraph.ts';
import { poolReference } from '../../src/kernels/spp/reference.ts';
import { shippedWhitening } from './shippedWhitening.ts';

/** An image, [height, width, 3] in 0…1. */
export interface TestImage {
  height: number;
  width: number;
  pixels: Float32Array;
}

export const MODEL_FOLDER = fileURLToPath(new URL('../../public/models/mobilenet-v2-features/', import.meta.url));

async function modelFiles() {
  const text = await readFile(`${MODEL_FOLDER}model.json`, 'utf8');
  return { text, weights: new Uint8Array(await readFile(`${MODEL_FOLDER}weights.bin`)) };
}

export async function embeddedGraph(): Promise<BackboneGraph> {
  const { text, weights } = await modelFiles();
  return readBackboneGraph(JSON.parse(text), weights.buffer);
}

/** The embedded backbone on TF.js's WASM backend: what the app runs where there is no GPU. */
export async function embeddedBackbone(): Promise<Backbone> {
  await tf.setBackend('wasm');
  const { text, weights } = await modelFiles();
  const files = joinModel(parseModelJson(text, 'model.json'), [weights], 'model.json');
  return graphBackbone('embedded', await loadGraphModel(modelHandler(files)), EMBEDDED_NODES);
}

/** A smooth picture with some noise: shapes that a backbone answers to, unlike plain noise. */
export function syntheticImage(height: number, width: number, seed: number): TestImage {
  const random = createRandom(seed);
  const waves = Array.from({ length: 9 }, () => [
    random.uniform(-0.3, 0.3),
    random.uniform(-0.3, 0.3),
    random.uniform(0, 6),
  ]);
  const pixels = Float32Array.from({ length: height * width * 3 }, (_, i) => {
    const channel = i % 3;
    const x = Math.floor(i / 3) % width;
    const y = Math.floor(i / 3 / width);
    let value = 0.5 + random.uniform(-0.05, 0.05);
    for (let k = channel; k < 9; k += 3)
      value += 0.15 * Math.sin(waves[k]![0]! * x + waves[k]![1]! * y + waves[k]![2]!);
    return Math.min(1, Math.max(0, value));
  });
  return { height, width, pixels };
}

/** [height, width, 3] → [3, height, width]. */
export function channelsFirst({ height, width, pixels }: TestImage): Float32Array {
  const cells = height * width;
  return Float32Array.from({ length: 3 * cells }, (_, i) => pixels[(i % cells) * 3 + Math.floor(i / cells)]!);
}

/** The app's own path: backbone, pooling, head. */
export async function ourAnswer(backbone: Backbone, head: HeadData, { height, width, pixels }: TestImage) {
  const map = tf.tidy(() => backbone.run(tf.tensor3d(pixels, [height, width, 3])));
  const values = (await map.data()) as Float32Array;
  const shape = map.shape;
  map.dispose();
  const window = [0, 0, shape[0], shape[1]];
  const vector = poolReference(values, shape, { ...head.pyramid, windows: Int32Array.from(window) });
  const { logits } = applyHead(head, vector);
  return { vector, logits, probabilities: softmax(logits) };
}

/** What the recipe pools of one size of an image. */
async function pooledMaps(backbone: Backbone, { height, width, pixels }: TestImage): Promise<PooledMaps> {
  const image = tf.tensor3d(pixels, [height, width, 3]);
  const maps = backbone.runBoth(image);
  const moments = async (map: tf.Tensor3D) => {
    const all = new RunningMoments(map.shape[2]);
    all.add({ data: await map.data(), height: map.shape[0], width: map.shape[1] });
    return all;
  };
  const values = (await maps.last.data()) as Float32Array;
  const { shape } = maps.last;
  const bins = (n: number) =>
    poolReference(values, shape, {
      levels: [n],
      rule: 'adaptive',
      pooling: 'mean',
      windows: Int32Array.of(0, 0, shape[0], shape[1]),
    });
  const pooled = {
    whole: (await moments(maps.last)).mean(),
    middle: (await moments(maps.middle)).meanAndDeviation(),
    two: bins(2),
    four: bins(4),
  };
  tf.dispose([image, maps.last, maps.middle]);
  return pooled;
}

/**
 * The app's own path of a head on the recipe.
 * @param images the photo at each of the head's sizes, in their order
 * @returns besides the answer what was pooled, as exports take it: whole, middle, then the grids the head has, bin-major
 */
export async function ourRecipeAnswer(backbone: Backbone, head: HeadData, images: readonly TestImage[]) {
  const sizes = headSizes(head);
  const maps: PooledMaps[] = [];
  for (const image of images) maps.push(await pooledMaps(backbone, image));
  const grids =
    maps[
      Math.max(
        0,
        sizes.findIndex(({ bins }) => bins),
      )
    ]!;
  const pooled = averageSizes(
    maps.filter((_, i) => sizes[i]!.means),
    grids,
  );
  const blocks = headBlocks(head);
  const { weights } = head.features?.kind === 'anysize' ? head.features : { weights: { two: 0, four: 0 } };
  const vector = joinBlocks(whitenPhoto(pooled, shippedWhitening().whitenings), weights);
  const { logits } = applyHead(head, vector);
  return { pooled: blocks.map(({ name }) => pooled[name]), vector, logits, probabilities: softmax(logits) };
}
