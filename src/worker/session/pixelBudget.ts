import type { BackendName } from '../../core/model.ts';
import { MIN_TILE_PIXELS } from '../path/tiles/tiles.ts';

/** Widest activation of MobileNetV2: 96 channels of float32 at half the input's side. */
const WIDEST_BYTES_PER_PIXEL = 96;
/** Outputs that one workgroup of tfjs's convolution covers in its `y` dimension, in input pixels of the first layer. */
const PIXELS_PER_GROUP = 128;
/** All activations that are allocated at once, pooled buffers included. Measured: `npm run bench -- native`. */
const BYTES_PER_PIXEL: Record<BackendName, number> = { webgpu: 400, wasm: 200, cpu: 600 };
/** What they may take together. A GPU tells its limits but not its memory; a gigabyte is there on anything that has WebGPU. */
const MEMORY: Record<BackendName, number> = { webgpu: 2 ** 30, wasm: 400 * 2 ** 20, cpu: 512 * 2 ** 20 };

/** No backend is asked for tiles below this: half a megapixel is mostly halo. */
export const LEAST_BUDGET = 2 * MIN_TILE_PIXELS;

/**
 * Largest input of the backbone, in pixels, that is computed in one piece; larger ones come in tiles. By memory, and on a GPU by the limits that
 * it does not report breaking: a binding over `maxStorageBufferBindingSize` and a dispatch over `maxComputeWorkgroupsPerDimension` give zeros.
 */
export function pixelBudget(name: BackendName, limits: GPUSupportedLimits | null): number {
  const ceilings = [MEMORY[name] / BYTES_PER_PIXEL[name]];
  if (limits) {
    ceilings.push(limits.maxStorageBufferBindingSize / WIDEST_BYTES_PER_PIXEL);
    ceilings.push(limits.maxBufferSize / WIDEST_BYTES_PER_PIXEL);
    ceilings.push(limits.maxComputeWorkgroupsPerDimension * PIXELS_PER_GROUP);
  }
  return Math.max(LEAST_BUDGET, Math.floor(Math.min(...ceilings)));
}
