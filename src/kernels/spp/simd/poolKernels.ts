import { POOL_MODULE } from './bytes.ts';

/** Pooling on bytes of one memory; pointers and lengths in bytes, `n` a multiple of 16. */
export interface PoolKernels {
  /** out[i] becomes from[i] where that is larger, or NaN, over `n` bytes. */
  raise(out: number, from: number, n: number): void;
  /** The maximum of `width` × `height` cells of `n` bytes, rows `stride` bytes apart. */
  bin(out: number, from: number, n: number, width: number, height: number, stride: number): void;
  /** Their mean, summed in float64, of cells of `n` bytes, a multiple of 32. */
  mean(out: number, from: number, n: number, width: number, height: number, stride: number): void;
}

const made = new WeakMap<WebAssembly.Memory, PoolKernels | null>();
let module: WebAssembly.Module | null | undefined;

/** The kernels on a memory; null where the engine has no WebAssembly SIMD, or threads share the memory. */
export function poolKernels(memory: WebAssembly.Memory | undefined): PoolKernels | null {
  if (!memory) return null;
  const known = made.get(memory);
  if (known !== undefined) return known;
  let kernels: PoolKernels | null = null;
  try {
    module ??= compiled();
    if (module) kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as PoolKernels;
  } catch {
    // Plain JavaScript does the same, slower.
  }
  made.set(memory, kernels);
  return kernels;
}

function compiled(): WebAssembly.Module | null {
  const bytes = Uint8Array.from(atob(POOL_MODULE), (character) => character.charCodeAt(0));
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
}
