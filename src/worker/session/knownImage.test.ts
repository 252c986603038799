import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Backbone, loadEmbeddedBackbone } from '../models/backbone.ts';
import { computesRight, knownImageSums } from './knownImage.ts';

const PUBLIC = new URL('../../../public/', import.meta.url);

describe.each(['wasm', 'cpu'])('a known image on %s', (backend) => {
  let backbone: Backbone;
  beforeAll(async () => {
    vi.stubGlobal('fetch', async (url: string | URL | Request) => {
      const path = String(url).slice('http://app.test/'.length);
      return new Response(await readFile(fileURLToPath(new URL(path, PUBLIC))));
    });
    await tf.setBackend(backend);
    backbone = await loadEmbeddedBackbone('http://app.test/');
  });
  afterAll(() => {
    backbone.dispose();
    vi.unstubAllGlobals();
  });

  it('is right for the model that comes with the app, and leaves nothing behind', async () => {
    const before = tf.memory().numTensors;
    expect(await computesRight(backbone)).toBe(true);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('sees zeros, old numbers, and wrong ones', async () => {
    expect((await knownImageSums(backbone)).every((value) => value > 1)).toBe(true);
    const broken = (change: (map: tf.Tensor3D) => tf.Tensor3D): Backbone => ({
      ...backbone,
      run: (input) => tf.tidy(() => change(backbone.run(input))),
    });
    expect(await computesRight(broken((map) => tf.zerosLike(map)))).toBe(false);
    expect(await computesRight(broken((map) => tf.mul(map, 0.9)))).toBe(false);
    expect(await computesRight(broken((map) => tf.reverse(map, 0)))).toBe(false);
    expect(await computesRight(broken((map) => tf.mul(map, Number.NaN)))).toBe(false);
  });
});
