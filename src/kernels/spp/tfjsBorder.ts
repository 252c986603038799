import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { MapShape, SppAttributes } from './attributes.ts';

// What tfjs hands on to kernels without its type, or keeps to itself: given its type here, and nowhere else in this room.

/** The shape of a feature map, which `spp()` has checked to be of rank 3. */
export function mapShapeOf({ shape }: TensorInfo): MapShape {
  const [height = 0, width = 0, channels = 0] = shape;
  return [height, width, channels];
}

/** Attributes as tfjs's registry takes them. It hands them on untouched, the Int32Array too. */
export const attrMapOf = (attributes: SppAttributes) => attributes as unknown as NamedAttrMap;

/** Attributes as they were given to {@link attrMapOf}. */
export const attributesOf = (attrs: NamedAttrMap | undefined) => attrs as unknown as SppAttributes;

/** tfjs's Emscripten module keeps its memory to itself. */
export function heapOf(backend: BackendWasm): WebAssembly.Memory | undefined {
  return (backend as unknown as { wasm?: { asm?: { memory?: WebAssembly.Memory } } }).wasm?.asm?.memory;
}
