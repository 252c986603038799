import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { ARGMAX_KERNEL, GRADIENT_KERNEL, POOL_KERNEL, windowCount, type SppAttributes } from './attributes.ts';
import { argmaxOnHeap, gradientOnHeap, poolOnHeap } from './heap.ts';
import { levelOffsets } from '../../core/pyramid/geometry.ts';
import { poolKernels } from './simd/poolKernels.ts';
import { argmaxReference, gradientReference, poolReference } from './reference.ts';
import { attributesOf, heapOf, mapShapeOf } from './tfjsBorder.ts';
import { argmaxOnGpu, gradientOnGpu, poolOnGpu } from './webgpu.ts';

/** The three kernels on one backend. */
interface Implementation<Backend> {
  pool(backend: Backend, map: tf.TensorInfo, attributes: SppAttributes): tf.TensorInfo;
  argmax(backend: Backend, map: tf.TensorInfo, attributes: SppAttributes): tf.TensorInfo;
  gradient(backend: Backend, dy: tf.TensorInfo, map: tf.TensorInfo, attributes: SppAttributes): tf.TensorInfo;
}

function outputShape(map: tf.TensorInfo, attributes: SppAttributes): [number, number] {
  const bins = levelOffsets(attributes.levels).at(-1) as number;
  return [windowCount(attributes), bins * mapShapeOf(map)[2]];
}

const onCpu: Implementation<MathBackendCPU> = {
  pool(backend, map, attributes) {
    const values = backend.readSync(map.dataId) as Float32Array;
    return backend.makeTensorInfo(
      outputShape(map, attributes),
      'float32',
      poolReference(values, mapShapeOf(map), attributes),
    );
  },
  argmax(backend, map, attributes) {
    const values = backend.readSync(map.dataId) as Float32Array;
    return backend.makeTensorInfo(
      outputShape(map, attributes),
      'int32',
      argmaxReference(values, mapShapeOf(map), attributes),
    );
  },
  gradient(backend, dy, map, attributes) {
    const values = backend.readSync(map.dataId) as Float32Array;
    const dx = gradientReference(backend.readSync(dy.dataId) as Float32Array, values, mapShapeOf(map), attributes);
    return backend.makeTensorInfo([...map.shape], 'float32', dx);
  },
};

// Views of the heap are made after the output is: allocating may move the heap.
const onWasm: Implementation<BackendWasm> = {
  pool(backend, map, attributes) {
    const out = backend.makeOutput(outputShape(map, attributes), 'float32');
    const view = (tensor: tf.TensorInfo) => backend.typedArrayFromHeap(tensor) as Float32Array;
    poolOnHeap(view(map), mapShapeOf(map), attributes, view(out), poolKernels(heapOf(backend)));
    return out;
  },
  argmax(backend, map, attributes) {
    const out = backend.makeOutput(outputShape(map, attributes), 'int32');
    const values = backend.typedArrayFromHeap(map) as Float32Array;
    argmaxOnHeap(values, mapShapeOf(map), attributes, backend.typedArrayFromHeap(out) as Int32Array);
    return out;
  },
  gradient(backend, dy, map, attributes) {
    const dx = backend.makeOutput([...map.shape], 'float32');
    const view = (tensor: tf.TensorInfo) => backend.typedArrayFromHeap(tensor) as Float32Array;
    gradientOnHeap(view(dy), view(map), mapShapeOf(map), attributes, view(dx));
    return dx;
  },
};

const onGpu: Implementation<WebGPUBackend> = { pool: poolOnGpu, argmax: argmaxOnGpu, gradient: gradientOnGpu };

function registerOn<Backend>(backendName: string, implementation: Implementation<Backend>): void {
  const add = (
    kernelName: string,
    run: (inputs: tf.NamedTensorInfoMap, backend: Backend, attributes: SppAttributes) => tf.TensorInfo,
  ) => {
    if (tf.getKernel(kernelName, backendName)) return;
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, backend, attrs }) => run(inputs, backend as Backend, attributesOf(attrs)),
    });
  };
  add(POOL_KERNEL, ({ map }, backend, attributes) => implementation.pool(backend, map as tf.TensorInfo, attributes));
  add(ARGMAX_KERNEL, ({ map }, backend, attributes) =>
    implementation.argmax(backend, map as tf.TensorInfo, attributes),
  );
  add(GRADIENT_KERNEL, ({ dy, map }, backend, attributes) =>
    implementation.gradient(backend, dy as tf.TensorInfo, map as tf.TensorInfo, attributes),
  );
}

/** Registers the op's kernels for `cpu`, `wasm` and `webgpu`, and its gradient. Calling it again does nothing. */
export function registerSpp(): void {
  registerOn('cpu', onCpu);
  registerOn('wasm', onWasm);
  registerOn('webgpu', onGpu);
  if (tf.getGradient(POOL_KERNEL)) return;
  tf.registerGradient({
    kernelName: POOL_KERNEL,
    inputsToSave: ['map'],
    gradFunc: (dy, saved, attrs) => {
      const [map] = saved as [tf.Tensor3D];
      const none = windowCount(attributesOf(attrs)) === 0;
      return {
        map: () =>
          none
            ? tf.zerosLike(map)
            : tf.engine().runKernel<tf.Tensor>(GRADIENT_KERNEL, { dy: dy as tf.Tensor, map }, attrs),
      };
    },
  });
}
