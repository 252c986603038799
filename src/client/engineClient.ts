import * as Comlink from 'comlink';
import { AnysizeError } from '../core/errors.ts';
import type { BackendChoice } from '../core/model.ts';
import type { Engine } from '../worker/api.ts';

export type { MemoryInfo } from '../worker/api.ts';

/** Rejects every call that waits when the worker dies, which Comlink alone would leave waiting for ever. */
class WorkerLine {
  readonly worker = new Worker(new URL('../worker/worker.ts', import.meta.url), {
    type: 'module',
    name: 'anysize-engine',
  });
  readonly remote = Comlink.wrap<Engine>(this.worker);
  private readonly waiting = new Set<(reason: unknown) => void>();
  /** Why no call can ever be answered. */
  private dead: AnysizeError | null = null;

  constructor() {
    this.worker.addEventListener('error', (event) => {
      event.preventDefault();
      // Without a message it is the worker's own file that could not be fetched; else the worker lives on.
      if (!event.message) {
        this.dead = new AnysizeError(
          'NoBackend',
          'The part of the page that computes could not be fetched. Check the connection and reload the page.',
        );
      }
      const reason =
        this.dead ?? new AnysizeError('NoBackend', `The engine stopped: ${event.message}. Reload the page.`);
      for (const reject of this.waiting) reject(reason);
      this.waiting.clear();
    });
  }

  call(method: keyof Engine, args: unknown[]): Promise<unknown> {
    if (this.dead) return Promise.reject(this.dead);
    return new Promise((resolve, reject) => {
      this.waiting.add(reject);
      const wrapped = args.map((arg) => (typeof arg === 'function' ? Comlink.proxy(arg) : arg));
      // Comlink types each method on its own; here every method is called alike.
      const invoke = this.remote[method] as unknown as (...all: unknown[]) => Promise<unknown>;
      void invoke(...wrapped)
        .then(resolve, reject)
        .finally(() => this.waiting.delete(reject));
    });
  }
}

let line: WorkerLine | null = null;
let started: Promise<unknown> | null = null;

/** The backend that the address asks for: `?backend=webgpu|wasm|cpu`, else `auto`. */
export function backendFromAddress(): BackendChoice {
  const asked = new URLSearchParams(location.search).get('backend');
  return asked === 'webgpu' || asked === 'wasm' || asked === 'cpu' ? asked : 'auto';
}

function start(choice = backendFromAddress()): Promise<unknown> {
  line ??= new WorkerLine();
  const base = new URL(import.meta.env.BASE_URL, document.baseURI).href;
  started ??= line.call('start', [base, choice]).catch((error: unknown) => {
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
      // Listeners must hear of the start itself; a chosen backend replaces one that could not start.
      if (method === 'subscribe') line ??= new WorkerLine();
      else if (method === 'use') await start().catch(() => start(args[0] as BackendChoice));
      else await start();
      return (line as WorkerLine).call(method, args);
    };
  },
});
