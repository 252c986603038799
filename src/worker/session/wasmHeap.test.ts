import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { OutOfMemory } from '../../core/outOfMemory.ts';
import { WasmHeap } from './wasmHeap.ts';

const MEGABYTE = 2 ** 20;
const makeWasm = tf.findBackendFactory('wasm');
let heap: WasmHeap;
let malloc: (bytes: number) => number;

beforeEach(async () => {
  const backend = (await makeWasm()) as BackendWasm;
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', () => backend);
  await tf.setBackend('wasm');
  ({ malloc } = (backend as unknown as { wasm: { asm: { malloc: typeof malloc } } }).wasm.asm);
  heap = new WasmHeap(backend);
});
afterEach(() => vi.restoreAllMocks());

/** From now on no heap grows beyond `bytes`. */
function limitTo(bytes: number): void {
  const { grow } = WebAssembly.Memory.prototype;
  vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(function (this: WebAssembly.Memory, pages) {
    if (this.buffer.byteLength + pages * 65_536 > bytes) throw new RangeError('maximum memory size exceeded');
    return grow.call(this, pages);
  });
}

it('tells its size, and that a piece of work had all the memory it wanted', async () => {
  const before = heap.bytes;
  const watch = heap.watch();
  const tensor = tf.ones([8 * MEGABYTE]);
  expect(heap.bytes).toBeGreaterThanOrEqual(before + 16 * MEGABYTE);
  expect(await watch.end()).toBeNull();
  tensor.dispose();
});

it('a tensor that there is no room for is an error instead of one at address 0', async () => {
  limitTo(heap.bytes + 4 * MEGABYTE);
  const watch = heap.watch();
  expect(() => tf.tensor1d(new Float32Array(16 * MEGABYTE))).toThrow(OutOfMemory);
  expect(await watch.end()).toBe('memory');
  // It is about one piece of work, not for good.
  const next = heap.watch();
  const small = tf.tensor1d([1, 2]);
  expect(Array.from(small.dataSync())).toEqual([1, 2]);
  expect(await next.end()).toBeNull();
  small.dispose();
});

it('memory that C++ asked for in vain, and said nothing of, is noted', async () => {
  limitTo(heap.bytes);
  const watch = heap.watch();
  expect(malloc(64 * MEGABYTE)).toBe(0);
  expect(await watch.end()).toBe('memory');
});

it('a heap that grows by less than was asked for at first has grown all the same', async () => {
  const before = heap.bytes;
  // Emscripten asks for 80 megabytes and a fifth of the heap, then for less.
  limitTo(before + 81 * MEGABYTE);
  const watch = heap.watch();
  const tensor = tf.ones([20 * MEGABYTE]);
  expect(heap.bytes).toBeGreaterThan(before);
  expect(await watch.end()).toBeNull();
  tensor.dispose();
});
