import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

/** Invocations of a workgroup: channels (or groups of four) side by side, times bins at once. */
export interface WorkgroupShape {
  channels: number;
  bins: number;
}

/**
 * The shape that suits the adapter. SwiftShader runs a workgroup's invocations one after another, four
 * abreast, and pays for every one that waits at a barrier: one bin at a time is fastest there (measured: 7×7×1280 in
 * 0.75 ms against 0.97 with 16×4 and 2.4 with 8×16). Hardware needs many invocations in flight, and has them only if bins
 * run side by side; 8 groups of four floats are the 128 bytes that a warp reads at once.
 * @param components floats that an invocation reads at once, 1 or 4
 */
export function workgroupShape(backend: WebGPUBackend, components: number): WorkgroupShape {
  if (backend.device.adapterInfo?.architecture === 'swiftshader') return { channels: 32, bins: 1 };
  return components === 4 ? { channels: 8, bins: 16 } : { channels: 32, bins: 4 };
}
