import * as Comlink from 'comlink';
import { AnysizeError } from '../core/errors.ts';
import type { Engine } from '../worker/api.ts';

/** One worker with an engine. Rejects every call that waits when the worker dies, which Comlink alone would leave waiting for ever. */
export class EngineLine {
  readonly remote: Comlink.Remote<Engine>;
  private readonly waiting = new Set<(reason: unknown) => void>();
  /** Why no call can ever be answered. */
  private dead: Error | null = null;

  constructor(private readonly worker: Worker) {
    this.remote = Comlink.wrap<Engine>(worker);
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      // Without a message it is the worker's own file that could not be fetched; else the worker lives on.
      if (!event.message) {
        this.dead = new AnysizeError(
          'NoBackend',
          'The part of the page that computes could not be fetched. Check the connection and reload the page.',
        );
      }
      this.rejectAll(
        this.dead ?? new AnysizeError('NoBackend', `The engine stopped: ${event.message}. Reload the page.`),
      );
    });
  }

  /** Nothing will ever be answered any more: the worker ends, and what waits rejects with this. */
  close(reason: Error): void {
    this.dead ??= reason;
    this.rejectAll(this.dead);
    this.worker.terminate();
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

  /** The engine, called like one that is here. */
  get engine(): Engine {
    return new Proxy({} as Engine, {
      get: (_target, method: keyof Engine | 'then') =>
        method === 'then' ? undefined : (...args: unknown[]) => this.call(method, args),
    });
  }

  private rejectAll(reason: Error): void {
    for (const reject of this.waiting) reject(reason);
    this.waiting.clear();
  }
}
