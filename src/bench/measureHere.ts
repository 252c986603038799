import { wrap } from 'comlink';
import { version } from '../../package.json';
import { baseAddress, engine } from '../client/engineClient.ts';
import type { BackendChoice, BackendInfo } from '../core/model.ts';
import { useStore } from '../store/store.ts';
import { benchCases } from './cases.ts';
import type { BenchWorker } from './benchWorker.ts';
import type { BenchReport, CaseResult } from './report.ts';
import { type RunOptions, runCases } from './runCases.ts';

export interface BenchOptions extends RunOptions {
  backend: BackendChoice;
  small: boolean;
  official: boolean;
}

declare global {
  interface Performance {
    /** Chromium's, in isolated pages. */
    measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }>;
  }
}

/** What the browser tells of the machine, in words. */
function machineWords({ name, device, reason }: BackendInfo): [string, string][] {
  const { hardwareConcurrency, userAgent } = navigator;
  const memory = (navigator as { deviceMemory?: number }).deviceMemory;
  return [
    ['Processor', `${hardwareConcurrency} threads${memory ? `, at least ${memory} GB of memory` : ''}`],
    ['Engine', `${name}, ${device}. ${reason}`],
    ['Browser', userAgent],
    ['Clock', crossOriginIsolated ? 'exact to 5 µs' : 'exact to 100 µs'],
  ];
}

/** Rejects once the signal is given: a worker that is ended answers nothing more. */
function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal?.reason as Error);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

/**
 * Measures Anysize beside what one would use instead, on this machine. The page only waits: engines and rivals are in workers.
 * @throws AnysizeError `NoBackend`; what `signal` is aborted with
 */
export async function measureHere(options: BenchOptions): Promise<BenchReport> {
  const { backend, small, official, signal, onProgress } = options;
  const worker = new Worker(new URL('./benchWorker.ts', import.meta.url), { type: 'module', name: 'anysize-bench' });
  const remote = wrap<BenchWorker>(worker);
  const work = async (): Promise<BenchReport> => {
    onProgress?.(0, 'Starting the engines');
    const info = await engine.use(backend);
    useStore.getState().setBackend(info);
    await remote.start(baseAddress(), info.name);
    const gpu = info.name === 'webgpu';
    onProgress?.(0, 'Drawing photos');
    const cases = await benchCases(remote, { small, official, providers: gpu ? ['wasm', 'webgpu'] : ['wasm'] });
    const results: CaseResult[] = await runCases(cases, options);
    const [own, rivals] = [await engine.memory(), await remote.memory()];
    const all = await performance.measureUserAgentSpecificMemory?.().catch(() => null);
    const held = (name: string, bytes: number | null | undefined) => (bytes ? [{ name, bytes }] : []);
    return {
      app: version,
      date: new Date().toISOString(),
      machine: machineWords(info),
      cases: results,
      memory: [
        ...held('Anysize’s engine, WASM heap', own.wasmHeapBytes),
        ...held('Anysize’s engine, GPU buffers', own.numBytesAllocatedInGPU),
        ...held('tfjs among the rivals, WASM heap', rivals.heap),
        ...held('this page with all of its workers', all?.bytes),
      ],
    };
  };
  try {
    return await Promise.race([work(), aborted(signal)]);
  } finally {
    worker.terminate();
  }
}
