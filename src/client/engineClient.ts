import type { BackendChoice, HeadData } from '../core/model.ts';
import type { Engine } from '../worker/api.ts';
import { EngineLine } from './EngineLine.ts';
import { headChanges } from './headChanges.ts';

export type { MemoryInfo } from '../worker/api.ts';

/** Of this page, among all that are open: begins the names of the locks that its workers share. */
export const pageName = `anysize-${Math.random().toString(36).slice(2)}`;

/** The app's base URL, from which an engine fetches its models. */
export function baseAddress(): string {
  return new URL(import.meta.env.BASE_URL, document.baseURI).href;
}

function newLine(): EngineLine {
  return new EngineLine(
    new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module', name: 'anysize-engine' }),
  );
}

let line: EngineLine | null = null;
let started: Promise<unknown> | null = null;

/** The backend that the address asks for: `?backend=webgpu|wasm|cpu`, else `auto`. */
export function backendFromAddress(): BackendChoice {
  const asked = new URLSearchParams(location.search).get('backend');
  return asked === 'webgpu' || asked === 'wasm' || asked === 'cpu' ? asked : 'auto';
}

function start(choice = backendFromAddress()): Promise<unknown> {
  line ??= newLine();
  started ??= line.call('start', [baseAddress(), choice, pageName]).catch((error: unknown) => {
    started = null;
    throw error;
  });
  return started;
}

/**
 * The engine, in its worker. The first call of any method starts the worker, the backend and the embedded model;
 * functions among the arguments are called back from the worker.
 */
export const engine: Engine = new Proxy({} as Engine, {
  get(_target, method: keyof Engine | 'then') {
    if (method === 'then') return undefined;
    return async (...args: unknown[]) => {
      if (method === 'setHead') headChanges((args[0] as HeadData).id);
      if (method === 'removeHead') headChanges(args[0] as string);
      // Listeners must hear of the start itself; a chosen backend replaces one that could not start.
      if (method === 'subscribe') line ??= newLine();
      else if (method === 'use') await start().catch(() => start(args[0] as BackendChoice));
      else await start();
      return (line as EngineLine).call(method, args);
    };
  },
});
