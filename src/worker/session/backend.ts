import '@tensorflow/tfjs-backend-cpu';
import { type BackendWasm, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import wasmPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import wasmSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import wasmThreads from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { registerSpp } from '../../kernels/spp/register.ts';
import { type Watch, watchDevice } from './deviceProblems.ts';
import { AnysizeError, messageOf } from '../../core/errors.ts';
import { pixelBudget } from './pixelBudget.ts';
import type { BackendChoice, BackendInfo } from '../../core/model.ts';
import { WasmHeap } from './wasmHeap.ts';

/** A running backend. `lost` settles when a GPU device is gone; it never does for the others. */
export interface RunningBackend {
  info: BackendInfo;
  device: GPUDevice | null;
  lost: Promise<string>;
  /** Largest input of the backbone in one piece, in pixels. */
  pixelBudget: number;
  /** Begins to watch a piece of work for what the backend does not throw; null where it throws everything. */
  watch: (() => Watch) | null;
}

const NEVER = new Promise<string>(() => {});

/** What the device is asked for beyond WebGPU's defaults: as much as the adapter has, since images have any size. */
const WANTED_LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

function isSoftware(info: GPUAdapterInfo): boolean {
  return (
    info.isFallbackAdapter ||
    /swiftshader|llvmpipe|lavapipe|warp|software/i.test(
      `${info.vendor} ${info.architecture} ${info.device} ${info.description}`,
    )
  );
}

function deviceLabel(info: GPUAdapterInfo): string {
  if (/swiftshader/i.test(`${info.architecture} ${info.description}`)) return 'SwiftShader (software)';
  const vendors: Record<string, string> = {
    nvidia: 'NVIDIA',
    amd: 'AMD',
    intel: 'Intel',
    apple: 'Apple',
    qualcomm: 'Qualcomm',
    arm: 'Arm',
  };
  return vendors[info.vendor.toLowerCase()] ?? (info.description || info.vendor || 'GPU');
}

async function requestAdapter(): Promise<GPUAdapter | null> {
  if (!('gpu' in navigator)) return null;
  try {
    return await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch {
    return null;
  }
}

async function startWebGPU(adapter: GPUAdapter, forced: boolean): Promise<RunningBackend> {
  const requiredLimits = Object.fromEntries(WANTED_LIMITS.map((name) => [name, adapter.limits[name]]));
  const device = await adapter.requestDevice({ requiredLimits });
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 3);
  await use('webgpu');
  const software = isSoftware(adapter.info);
  return {
    info: {
      name: 'webgpu',
      device: deviceLabel(adapter.info),
      software,
      forced,
      reason: forced ? 'WebGPU was asked for.' : 'This browser offers WebGPU on a hardware GPU.',
    },
    device,
    watch: () => watchDevice(device),
    lost: device.lost.then((lost) => lost.message || lost.reason || 'unknown'),
    pixelBudget: pixelBudget('webgpu', device.limits),
  };
}

async function startOther(name: 'wasm' | 'cpu', reason: string, forced: boolean): Promise<RunningBackend> {
  const heap = name === 'wasm' ? await useWasm() : null;
  if (!heap) await use(name);
  const device =
    name === 'wasm' ? ((await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? 'SIMD' : 'no SIMD') : 'JavaScript';
  const info: BackendInfo = { name, device, software: false, forced, reason };
  const watch = heap && (() => heap.watch());
  return { info, device: null, watch, lost: NEVER, pixelBudget: pixelBudget(name, null) };
}

/** tfjs's WASM backend, once it was made. */
let wasm: { backend: BackendWasm; heap: WasmHeap } | null = null;
/** tfjs's own way to make one. */
let makeWasm: ReturnType<typeof tf.findBackendFactory> | null = null;

async function useWasm(): Promise<WasmHeap> {
  if (!wasm) {
    makeWasm ??= tf.findBackendFactory('wasm');
    const backend = (await makeWasm()) as BackendWasm;
    // Registered when it is there already: while tfjs waits for a backend, it has none to ask anything.
    tf.removeBackend('wasm');
    tf.registerBackend('wasm', () => backend, 2);
    wasm = { backend, heap: new WasmHeap(backend) };
  }
  await use('wasm');
  return wasm.heap;
}

/** Gives up the WASM heap, which never shrinks and may be damaged: the next start makes a new one. What is on the old one is lost. */
export function retireWasm(): void {
  if (!wasm) return;
  // Tensors on it are disposed later, and one of them may be what damaged it.
  wasm.backend.disposeData = () => true;
  wasm.backend.dispose = () => {};
  wasm = null;
}

async function use(name: string): Promise<void> {
  if (!(await tf.setBackend(name))) throw new AnysizeError('NoBackend', `the ${name} backend did not start`);
  await tf.ready();
}

let prepared = false;

function prepare(): void {
  if (prepared) return;
  prepared = true;
  setWasmPaths({
    'tfjs-backend-wasm.wasm': wasmPlain,
    'tfjs-backend-wasm-simd.wasm': wasmSimd,
    'tfjs-backend-wasm-threaded-simd.wasm': wasmThreads,
  });
  // tfjs starts its threads from blob: scripts, which the page's Content-Security-Policy refuses.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  tf.enableProdMode();
  registerSpp();
}

/**
 * Starts a backend. `auto` takes WebGPU on real hardware, else WASM, else plain JavaScript.
 * @throws AnysizeError `NoBackend` when the one asked for is not to be had
 */
export async function startBackend(choice: BackendChoice): Promise<RunningBackend> {
  prepare();
  if (choice === 'cpu') return startOther('cpu', 'Plain JavaScript was asked for.', true);
  if (choice === 'wasm') return startOther('wasm', 'WASM was asked for.', true);
  const adapter = await requestAdapter();
  if (choice === 'webgpu') {
    if (!adapter) throw new AnysizeError('NoBackend', 'This browser offers no WebGPU adapter. Choose another backend.');
    return startWebGPU(adapter, true);
  }
  let why = 'No GPU was found';
  if (adapter && !isSoftware(adapter.info)) {
    try {
      return await startWebGPU(adapter, false);
    } catch (error) {
      why = `The GPU did not start (${messageOf(error)})`;
    }
  } else if (adapter) {
    why = 'WebGPU here runs in software, which is slower than WASM';
  }
  try {
    return await startOther('wasm', `${why}; WASM runs on the processor.`, false);
  } catch (error) {
    return startOther('cpu', `${why}, and WASM did not start (${messageOf(error)}).`, false);
  }
}

/** The private part of tfjs's buffer manager that {@link trimPool} needs. */
interface BufferPool {
  freeBuffers: Map<string, GPUBuffer[]>;
  numFreeBuffers: number;
  numBytesAllocated: number;
  numBytesUsed: number;
}

/** Of WebGPU. tfjs declares the pool private; there is no public way to empty it short of disposing the backend. */
const bufferPool = () => (tf.backend() as unknown as { bufferManager: BufferPool }).bufferManager;

/**
 * Destroys pooled GPU buffers that nothing uses once they exceed `maxFreeBytes`. tfjs keeps one for every distinct size
 * it ever met, so a stream of images of distinct sizes would otherwise fill the memory.
 */
export function trimPool(maxFreeBytes: number): void {
  if (tf.getBackend() !== 'webgpu') return;
  const pool = bufferPool();
  if (pool.numBytesAllocated - pool.numBytesUsed <= maxFreeBytes) return;
  for (const buffers of pool.freeBuffers.values()) {
    for (const buffer of buffers) {
      pool.numBytesAllocated -= buffer.size;
      pool.numFreeBuffers--;
      buffer.destroy();
    }
    buffers.length = 0;
  }
}

/** Bytes of the WASM heap, which grows and never shrinks; null off WASM. */
export function wasmHeapBytes(): number | null {
  return tf.getBackend() === 'wasm' && wasm ? wasm.heap.bytes : null;
}

/** Bytes of GPU buffers that tfjs holds, in use and pooled; null off WebGPU. */
export function gpuBytes(): number | null {
  if (tf.getBackend() !== 'webgpu') return null;
  return bufferPool().numBytesAllocated;
}
