/** Thousands of windows in one dispatch, as detection has them: the same on WebGPU, WASM and CPU. */
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import wasmPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import wasmThreads from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { between, randomFrom, tiedMap } from './fixtures.ts';
import { runOnGpu, startGpu } from './gpuHarness.ts';
import { poolReference } from './reference.ts';
import { spp } from './spp.ts';

const WINDOWS = 4096;
/** Of a photo of 4 : 3 at shorter side 480, on the map of stride 16. */
const SHAPE = [30, 40, 8] as const;
const seed = Date.now() % 1_000_000;
const random = randomFrom(seed);
const map = tiedMap(random, SHAPE);
const windows = Array.from({ length: WINDOWS }, () => {
  const [top, left] = [between(random, 0, 29), between(random, 0, 39)];
  return [top, left, between(random, top + 1, 30), between(random, left + 1, 40)];
});
const pyramid = { levels: [3, 1], rule: 'adaptive', pooling: 'max' } as const;
const pooled = () => tf.tidy(() => spp(tf.tensor3d(map, [...SHAPE]), { ...pyramid, windows }));
const expected = poolReference(map, SHAPE, { ...pyramid, windows: Int32Array.from(windows.flat()) });

beforeAll(() =>
  setWasmPaths({
    'tfjs-backend-wasm.wasm': wasmPlain,
    'tfjs-backend-wasm-simd.wasm': wasmSimd,
    'tfjs-backend-wasm-threaded-simd.wasm': wasmThreads,
  }),
);

it(`pools ${WINDOWS} windows on WebGPU (seed ${seed})`, async () => {
  await startGpu();
  expect(await runOnGpu(expected.length, pooled)).toEqual(expected);
});

it.each(['wasm', 'cpu'])(`pools ${WINDOWS} windows on %s (seed ${seed})`, async (backend) => {
  expect(await tf.setBackend(backend)).toBe(true);
  expect(await pooled().data()).toEqual(expected);
});
