import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import { AnysizeError } from '../../core/errors.ts';
import { SppArgmaxProgram } from './argmaxProgram.ts';
import type { SppAttributes } from './attributes.ts';
import { SppGradientProgram } from './gradientProgram.ts';
import { makePlan, type Plan } from './plan.ts';
import { componentsFor, SppPoolProgram } from './poolProgram.ts';
import { mapShapeOf } from './tfjsBorder.ts';
import { workgroupShape } from './workgroup.ts';

interface PlannedProgram extends WebGPUProgram {
  uniformData(plan: Plan): { type: string; data: number[] }[];
}

// A binding over the device's limit yields silent zeros.
function checkBinding(backend: WebGPUBackend, what: string, shape: readonly number[]): void {
  const bytes = util.sizeFromShape([...shape]) * 4;
  const limit = Math.min(backend.device.limits.maxStorageBufferBindingSize, backend.device.limits.maxBufferSize);
  if (bytes > limit) {
    throw new AnysizeError(
      'BadArgument',
      `${what} [${shape.join(', ')}] takes ${bytes} bytes and this GPU binds at most ${limit}: pool fewer windows or channels at a time`,
    );
  }
}

/** Runs a program on the map (or dy) and the plan, which lives for this call only. */
function run(
  backend: WebGPUBackend,
  program: PlannedProgram,
  plan: Plan,
  inputs: { first: TensorInfo; rest?: TensorInfo[] },
  dtype: 'float32' | 'int32',
): TensorInfo {
  checkBinding(backend, 'the feature map or its vectors', inputs.first.shape);
  checkBinding(backend, 'the answer', program.outputShape);
  const table = backend.makeTensorInfo([plan.table.length], 'int32', plan.table);
  try {
    const all = [inputs.first, table, ...(inputs.rest ?? [])];
    return backend.runWebGPUProgram(program, all, dtype, program.uniformData(plan));
  } finally {
    backend.disposeData(table.dataId);
  }
}

/** Values, float32 [windows, bins·channels]. */
export function poolOnGpu(backend: WebGPUBackend, map: TensorInfo, attributes: SppAttributes): TensorInfo {
  const plan = makePlan(attributes);
  const shape = mapShapeOf(map);
  const workgroup = workgroupShape(backend, componentsFor(shape[2]));
  const program = new SppPoolProgram({ attributes, map: shape, plan, workgroup });
  return run(backend, program, plan, { first: map }, 'float32');
}

/** Flat cell indices of the maxima, int32 [windows, bins·channels]. */
export function argmaxOnGpu(backend: WebGPUBackend, map: TensorInfo, attributes: SppAttributes): TensorInfo {
  const plan = makePlan(attributes);
  const shape = mapShapeOf(map);
  const program = new SppArgmaxProgram({ attributes, map: shape, plan, workgroup: workgroupShape(backend, 1) });
  return run(backend, program, plan, { first: map }, 'int32');
}

/** Gradient with respect to the map, float32 [height, width, channels]. */
export function gradientOnGpu(
  backend: WebGPUBackend,
  dy: TensorInfo,
  map: TensorInfo,
  attributes: SppAttributes,
): TensorInfo {
  const program = new SppGradientProgram(attributes, mapShapeOf(map));
  const plan = makePlan(attributes);
  if (attributes.pooling === 'mean') return run(backend, program, plan, { first: dy }, 'float32');
  const argmax = argmaxOnGpu(backend, map, attributes);
  try {
    return run(backend, program, plan, { first: dy, rest: [argmax] }, 'float32');
  } finally {
    backend.disposeData(argmax.dataId);
  }
}
