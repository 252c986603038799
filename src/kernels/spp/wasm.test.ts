import '@tensorflow/tfjs-backend-cpu';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { toChannelMajor } from '../../core/pyramid/flatten.ts';
import { RuleError } from '../../core/pyramid/geometry.ts';
import { between, goldenCases, notNesting, randomCase, randomFrom, tiedMap } from './fixtures.ts';
import { assembleSimd } from '../../../tools/assembleSimd.ts';
import { POOL_MODULE } from './simd/bytes.ts';
import { poolKernels } from './simd/poolKernels.ts';
import { argmaxReference, gradientReference, poolReference } from './reference.ts';
import { spp, sppWithArgmax } from './spp.ts';

const seed = Date.now() % 1_000_000;

beforeAll(async () => {
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${dirname(entry)}/`);
  await tf.setBackend('wasm');
  expect(tf.getBackend()).toBe('wasm');
});

it.each(goldenCases)('equals PyTorch: $name', async ({ shape, levels, rule, input, output }) => {
  const map = tf.tensor3d(input, [...shape]);
  const run = () => spp(map, { levels, rule, pooling: 'max' });
  if (!output) {
    expect(run).toThrow(RuleError);
    return;
  }
  const vector = (await run().data()) as Float32Array;
  expect([...toChannelMajor(vector, levels, shape[2])]).toEqual(output);
});

describe(`against the reference (seed ${seed})`, () => {
  const random = randomFrom(seed);

  it.each(Array.from({ length: 200 }, () => randomCase(random)))('$name', ({ shape, map, attributes, windows }) => {
    const { levels, rule, pooling } = attributes;
    const options = { levels, rule, pooling, windows };
    const tensor = tf.tensor3d(map, [...shape]);
    expect(spp(tensor, options).dataSync()).toEqual(poolReference(map, shape, attributes));
    if (pooling === 'max') {
      expect(sppWithArgmax(tensor, options).argmax.dataSync()).toEqual(argmaxReference(map, shape, attributes));
    }
    const length = poolReference(map, shape, attributes).length;
    const dy = Float32Array.from({ length }, () => between(random, -9, 9));
    const dyTensor = tf.tensor2d(dy, [attributes.windows.length / 4, (length * 4) / attributes.windows.length]);
    const gradient = tf.grad((x) => spp(x as tf.Tensor3D, options))(tensor, dyTensor);
    expect(gradient.dataSync()).toEqual(gradientReference(dy, map, shape, attributes));
  });

  it('survives a heap that grows while the answer is allocated', () => {
    const shape = [6, 6, 64] as const;
    const map = tiedMap(random, shape);
    const rows = Array.from({ length: 1500 }, () => [0, 0, 6, 6]);
    const vectors = spp(tf.tensor3d(map, [...shape]), { levels: [6], rule: 'adaptive', pooling: 'max', windows: rows });
    const expected = poolReference(map, shape, {
      levels: [6],
      rule: 'adaptive',
      pooling: 'max',
      windows: Int32Array.of(0, 0, 6, 6),
    });
    expect(vectors.shape).toEqual([1500, 36 * 64]);
    expect(vectors.dataSync().slice(-expected.length)).toEqual(expected);
  });
});

it('runs what the source says: simd/bytes.ts is up to date (else: npx tsx tools/buildSimd.ts)', async () => {
  expect(POOL_MODULE).toBe((await assembleSimd('pool')).base64);
});

it.each([
  [4, 'max'],
  [64, 'max'],
  [6, 'max'],
  [64, 'mean'],
  [12, 'mean'],
] as const)('many windows of %i channels (%s), with NaN and ties, equal the reference', (channels, pooling) => {
  const random = randomFrom(seed);
  const shape = [9, 13, channels] as const;
  const map = tiedMap(random, shape);
  map[7 * channels + 1] = NaN;
  const rows = Array.from({ length: 300 }, () => {
    const [top, left] = [between(random, 0, 8), between(random, 0, 12)];
    return [top, left, between(random, top + 1, 9), between(random, left + 1, 13)];
  });
  const attributes = {
    levels: [3, 1],
    rule: 'adaptive',
    pooling,
    windows: Int32Array.from(rows.flat()),
  } as const;
  const pooled = spp(tf.tensor3d(map, [...shape]), { levels: [3, 1], rule: 'adaptive', pooling, windows: rows });
  expect(pooled.dataSync()).toEqual(poolReference(map, shape, attributes));
});

it('uses WebAssembly SIMD on the heap of tfjs', () => {
  const { wasm } = tf.backend() as unknown as { wasm: { asm: { memory: WebAssembly.Memory } } };
  expect(poolKernels(wasm.asm.memory)).not.toBeNull();
});

it('does not take a paper level from a finer one that does not nest', () => {
  const { shape, attributes, map } = notNesting;
  const { values, argmax } = sppWithArgmax(tf.tensor3d(map, [...shape]), {
    levels: attributes.levels,
    rule: 'paper',
    pooling: 'max',
  });
  expect(values.dataSync()).toEqual(poolReference(map, shape, attributes));
  expect(argmax.dataSync()).toEqual(argmaxReference(map, shape, attributes));
});

it('lets NaN win, as the reference does', () => {
  const map = Float32Array.from([1, NaN, 7, NaN, 2, 3, 4, 5, 6, 1, 1, 1, 0, 0, 0, 9]);
  const attributes = { levels: [2, 1], rule: 'adaptive', pooling: 'max', windows: Int32Array.of(0, 0, 4, 4) } as const;
  const { values, argmax } = sppWithArgmax(tf.tensor3d(map, [4, 4, 1]), {
    levels: [2, 1],
    rule: 'adaptive',
    pooling: 'max',
  });
  expect(values.dataSync()).toEqual(poolReference(map, [4, 4, 1], attributes));
  expect(argmax.dataSync()).toEqual(argmaxReference(map, [4, 4, 1], attributes));
});
