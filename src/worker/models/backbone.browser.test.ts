/** Both backbones in a real browser, on WebGPU and WASM. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import wasmPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import wasmThreads from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { commands } from 'vitest/browser';
import {
  agreement,
  goldenCase,
  goldenCases,
  middleAgreement,
  middleCases,
  MOST_PIXELS,
  named,
} from './backbone.golden.ts';
import { type Backbone, loadEmbeddedBackbone } from './backbone.ts';
import { startBackend } from '../session/backend.ts';
import { type ImageNetModel, loadImageNet } from '../labels/imagenet.ts';
import { OFFICIAL, serveReference } from '../../../tools/serveReference.ts';

const haveReference = (await commands.referenceModelFile('model.json')) !== null;

setWasmPaths({
  'tfjs-backend-wasm.wasm': wasmPlain,
  'tfjs-backend-wasm-simd.wasm': wasmSimd,
  'tfjs-backend-wasm-threaded-simd.wasm': wasmThreads,
});

beforeAll(async () => {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
});

describe.each(['webgpu', 'wasm'] as const)('on %s', (backend) => {
  // WebGPU in software takes seconds for a larger map: backbone.long.browser.test.ts.
  const pixels = backend === 'webgpu' ? MOST_PIXELS : Number.POSITIVE_INFINITY;
  const cases = named(goldenCases.filter(({ size: [height = 0, width = 0] }) => height * width <= pixels));
  const middles = named(middleCases.filter(({ size: [height = 0, width = 0] }) => height * width <= pixels));

  beforeAll(async () => {
    expect(await tf.setBackend(backend)).toBe(true);
    await tf.ready();
  });

  describe('the embedded backbone', () => {
    let backbone: Backbone;
    beforeAll(async () => {
      backbone = await loadEmbeddedBackbone(new URL('/', location.href).href);
    });
    afterAll(() => backbone.dispose());

    test.each(cases)('agrees with the float32 original at %s', async (size, golden) => {
      const { shape, cosine, max, leaked } = await agreement(backbone, golden);
      expect(tf.getBackend()).toBe(backend);
      expect(shape).toEqual(golden.featureMap.slice(1));
      expect(leaked).toBe(0);
      if (size === '1×1') expect(max).toBe(0);
      else expect(cosine).toBeGreaterThanOrEqual(0.99);
    });

    test.each(middles)('gives its middle layer in the same pass at %s', async (_size, golden) => {
      const { shape, cosine, leaked, lastDiffers } = await middleAgreement(backbone, golden);
      expect(shape).toEqual(golden.shape);
      expect(leaked).toBe(0);
      expect(lastDiffers).toBe(0);
      expect(cosine).toBeGreaterThanOrEqual(0.99);
    });
  });

  describe.skipIf(!haveReference)('the official model, read from its own address', () => {
    let model: ImageNetModel;
    beforeAll(async () => {
      serveReference();
      model = await loadImageNet();
    });
    afterAll(() => {
      model.dispose();
      vi.unstubAllGlobals();
    });

    test('is kept for the next visit', async () => {
      expect(model.source).toBe(OFFICIAL);
      const stored = await Promise.all(
        (await caches.keys()).map(async (name) => (await caches.open(name)).match(OFFICIAL)),
      );
      expect(stored.some(Boolean)).toBe(true);
    });

    test.each(cases)('gives the golden feature map at %s', async (_size, golden) => {
      const { shape, difference, leaked } = await agreement(model.backbone, golden);
      expect(tf.getBackend()).toBe(backend);
      expect(shape).toEqual(golden.featureMap.slice(1));
      expect(leaked).toBe(0);
      expect(difference).toBeLessThanOrEqual(1e-3);
    });

    test.each(middles)('gives the golden middle layer at %s', async (_size, golden) => {
      const { shape, difference } = await middleAgreement(model.backbone, golden);
      expect(shape).toEqual(golden.shape);
      expect(difference).toBeLessThanOrEqual(1e-3);
    });
  });
});

test('is built again on a new device after the first was lost, without a download', async () => {
  const base = new URL('/', location.href).href;
  const first = await startBackend('webgpu');
  const lost = await loadEmbeddedBackbone(base);
  first.device!.destroy();
  await first.lost;
  lost.dispose();

  const requests = vi.fn(() => Promise.reject(new Error('No request was expected.')));
  vi.stubGlobal('fetch', requests);
  await startBackend('webgpu');
  const again = await loadEmbeddedBackbone(base);
  expect((await agreement(again, goldenCase(32, 32))).cosine).toBeGreaterThanOrEqual(0.99);
  expect(requests).not.toHaveBeenCalled();
  again.dispose();
  vi.unstubAllGlobals();
});
