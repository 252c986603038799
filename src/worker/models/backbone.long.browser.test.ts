/** Both backbones on WebGPU at the sizes that take it seconds in software. */
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { commands } from 'vitest/browser';
import { type ImageNetModel, loadImageNet } from '../labels/imagenet.ts';
import { agreement, goldenCases, middleAgreement, middleCases, MOST_PIXELS, named } from './backbone.golden.ts';
import { type Backbone, loadEmbeddedBackbone } from './backbone.ts';
import { serveReference } from '../../../tools/serveReference.ts';

const large = <T extends { size: number[] }>(cases: T[]) =>
  named(cases.filter(({ size: [height = 0, width = 0] }) => height * width > MOST_PIXELS));
const haveReference = (await commands.referenceModelFile('model.json')) !== null;

beforeAll(async () => {
  expect(await tf.setBackend('webgpu')).toBe(true);
  await tf.ready();
});

describe('the embedded backbone', () => {
  let backbone: Backbone;
  beforeAll(async () => {
    backbone = await loadEmbeddedBackbone(new URL('/', location.href).href);
  });
  afterAll(() => backbone.dispose());

  test.each(large(goldenCases))('agrees with the float32 original at %s', async (_size, golden) => {
    const { shape, cosine, leaked } = await agreement(backbone, golden);
    expect(shape).toEqual(golden.featureMap.slice(1));
    expect(leaked).toBe(0);
    expect(cosine).toBeGreaterThanOrEqual(0.99);
  });

  test.each(large(middleCases))('gives its middle layer in the same pass at %s', async (_size, golden) => {
    const { shape, cosine, leaked, lastDiffers } = await middleAgreement(backbone, golden);
    expect(shape).toEqual(golden.shape);
    expect(leaked).toBe(0);
    expect(lastDiffers).toBe(0);
    expect(cosine).toBeGreaterThanOrEqual(0.99);
  });
});

describe.skipIf(!haveReference)('the official model', () => {
  let model: ImageNetModel;
  beforeAll(async () => {
    serveReference();
    model = await loadImageNet();
  });
  afterAll(() => {
    model.dispose();
    vi.unstubAllGlobals();
  });

  test.each(large(goldenCases))('gives the golden feature map at %s', async (_size, golden) => {
    const { shape, difference, leaked } = await agreement(model.backbone, golden);
    expect(shape).toEqual(golden.featureMap.slice(1));
    expect(leaked).toBe(0);
    expect(difference).toBeLessThanOrEqual(1e-3);
  });

  test.each(large(middleCases))('gives the golden middle layer at %s', async (_size, golden) => {
    const { shape, difference } = await middleAgreement(model.backbone, golden);
    expect(shape).toEqual(golden.shape);
    expect(difference).toBeLessThanOrEqual(1e-3);
  });
});
