import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import { spp, type SppOptions } from '../../kernels/spp/spp.ts';
import { loadEmbeddedBackbone } from '../models/backbone.ts';
import { solveExact } from '../../core/training/exact.ts';
import { predictions } from '../../core/metrics/metrics.ts';
import { DEFAULT_NORMALISATION, levelLengths } from '../../core/head/normalise.ts';
import { drawScene, quadrantScenes, QUADRANTS } from '../../core/augmentation/quadrants.ts';
import { TrainingSet } from '../../core/training/trainingVectors.ts';

const PUBLIC = new URL('../../../public/', import.meta.url);
const POOLINGS: Record<'spp' | 'mean', SppOptions> = {
  spp: { levels: [4, 2, 1], rule: 'adaptive', pooling: 'max' },
  mean: { levels: [1], rule: 'adaptive', pooling: 'mean' },
};

it(
  'is learned through the pyramid and not through a global mean: 30 points apart at least',
  { timeout: 120_000 },
  async () => {
    setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);
    await tf.setBackend('wasm');
    vi.stubGlobal(
      'fetch',
      async (url: string) =>
        new Response(await readFile(fileURLToPath(new URL(url.slice('http://app.test/'.length), PUBLIC)))),
    );
    const backbone = await loadEmbeddedBackbone('http://app.test/');
    const scenes = quadrantScenes(64, 1);
    const vectors: Record<'spp' | 'mean', Float32Array[]> = { spp: [], mean: [] };
    for (const { data, width, height } of scenes.map(drawScene)) {
      const map = tf.tidy(() => {
        // 224² pixels instead of the app's 300²: half the time, and harder.
        const scale = 224 / Math.sqrt(width * height);
        const size: [number, number] = [Math.round(height * scale), Math.round(width * scale)];
        return backbone.run(tf.image.resizeBilinear(tf.tensor3d(data, [height, width, 3]), size));
      });
      for (const name of ['spp', 'mean'] as const) {
        vectors[name].push((await tf.tidy(() => spp(map, POOLINGS[name])).data()) as Float32Array);
      }
      map.dispose();
    }
    backbone.dispose();

    const accuracy = async (name: 'spp' | 'mean') => {
      const side = (from: number, to: number) => ({
        vectors: vectors[name].slice(from, to),
        labels: scenes.slice(from, to).map((scene) => scene.classIndex),
      });
      const set = await TrainingSet.create({
        ...side(0, 40),
        validation: side(40, 64),
        classes: QUADRANTS.length,
        normalisation: DEFAULT_NORMALISATION,
        levelLengths: levelLengths(POOLINGS[name].levels, backbone.channels),
      });
      const layer = await solveExact(set, { weightDecay: 3e-4 });
      const predicted = predictions(Float32Array.from(layer.validationLogits!), QUADRANTS.length);
      return predicted.filter((k, i) => k === set.validation!.labels[i]).length / 24;
    };
    const [pyramid, mean] = [await accuracy('spp'), await accuracy('mean')];
    expect(pyramid).toBeGreaterThanOrEqual(0.9);
    expect(pyramid - mean).toBeGreaterThanOrEqual(0.3);
  },
);
