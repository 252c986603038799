import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';

/** What a poisoned buffer holds before the kernel under test runs: NaN read as float, a large number read as int. */
const POISON = 0x7fc0dead;

function backend(): WebGPUBackend {
  return tf.backend() as WebGPUBackend;
}

/**
 * Starts tfjs's WebGPU backend as kernel tests need it: nothing is computed on the CPU behind our back.
 * @throws Error where there is no WebGPU, so that a test cannot pass without it
 */
export async function startGpu(): Promise<void> {
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  if (!(await tf.setBackend('webgpu'))) throw new Error('these tests need WebGPU');
  await tf.ready();
}

/**
 * Puts a poisoned buffer of `bytes` into tfjs's pool as the one that the next tensor of this size gets. A dispatch that
 * is dropped leaves its output buffer as it was, which in a pool may be the very answer a test expects.
 */
function poison(bytes: number): void {
  const { bufferManager, queue } = backend();
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  // Acquired together, so that every pooled buffer of this size is poisoned and not the same one twice.
  const buffers = Array.from({ length: 4 }, () => bufferManager.acquireBuffer(bytes, usage));
  for (const buffer of buffers) queue.writeBuffer(buffer, 0, new Uint32Array(bytes / 4).fill(POISON));
  for (const buffer of buffers) bufferManager.releaseBuffer(buffer);
}

/** Throws unless the poison is where the next tensor of `bytes` will be. */
async function checkPoisoned(bytes: number): Promise<void> {
  const { bufferManager, device } = backend();
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffer = bufferManager.acquireBuffer(bytes, usage);
  const copy = device.createBuffer({ size: bytes, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, copy, 0, bytes);
  device.queue.submit([encoder.finish()]);
  await copy.mapAsync(GPUMapMode.READ);
  const clean = new Uint32Array(copy.getMappedRange()).some((word) => word !== POISON);
  copy.destroy();
  bufferManager.releaseBuffer(buffer);
  if (clean) throw new Error('the buffer that the kernel is to write was not poisoned');
}

/**
 * Runs a kernel and reads its answer under conditions in which a broken shader cannot pass: the buffer that its output of
 * `elements` values gets is poisoned, and every error of the device is thrown.
 * @throws Error with the device's message; Error when a value was not written
 */
export async function runOnGpu(elements: number, run: () => tf.Tensor): Promise<tf.TypedArray> {
  const { device } = backend();
  poison(elements * 4);
  await checkPoisoned(elements * 4);
  const errors: string[] = [];
  const onError = (event: GPUUncapturedErrorEvent) => errors.push(`uncaptured: ${event.error.message}`);
  device.addEventListener('uncapturederror', onError);
  const filters: GPUErrorFilter[] = ['validation', 'out-of-memory', 'internal'];
  for (const filter of filters) device.pushErrorScope(filter);
  let values: tf.TypedArray;
  try {
    const out = run();
    values = await out.data();
    out.dispose();
  } finally {
    for (const filter of [...filters].reverse()) {
      const error = await device.popErrorScope();
      if (error) errors.push(`${filter}: ${error.message}`);
    }
    await device.queue.onSubmittedWorkDone();
    device.removeEventListener('uncapturederror', onError);
  }
  if (errors.length) throw new Error(errors.join('\n'));
  if (values.length !== elements) throw new Error(`${elements} values were expected, ${values.length} came`);
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  if (words.includes(POISON)) throw new Error('the kernel left values unwritten');
  return values;
}
