import * as Comlink from 'comlink';
import { AnysizeError } from '../core/errors.ts';
import type { StorageService } from './StorageService.ts';

type Method = {
  [Key in keyof StorageService]: StorageService[Key] extends (...args: never[]) => unknown ? Key : never;
}[keyof StorageService];

/** The storage worker as the page calls it: every method gives a promise. */
export type Storage = {
  [Key in Method]: (...args: Parameters<StorageService[Key]>) => Promise<Awaited<ReturnType<StorageService[Key]>>>;
};

let line: { remote: Comlink.Remote<StorageService>; failed: Promise<never> } | null = null;

function connect() {
  const worker = new Worker(new URL('./storageWorker.ts', import.meta.url), {
    type: 'module',
    name: 'anysize-storage',
  });
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      reject(
        new AnysizeError('StorageDenied', `Keeping stopped: ${event.message || 'unknown reason'}. Reload the page.`),
      );
    });
  });
  failed.catch(() => {});
  return { remote: Comlink.wrap<StorageService>(worker), failed };
}

/** Projects, in their worker, which the first call starts. Functions among the arguments are called back from there. */
export const storage: Storage = new Proxy({} as Storage, {
  get(_target, method: Method | 'then') {
    if (method === 'then') return undefined;
    return (...args: unknown[]) => {
      line ??= connect();
      const wrapped = args.map((arg) => (typeof arg === 'function' ? Comlink.proxy(arg) : arg));
      // Comlink types each method on its own; here every method is called alike.
      const invoke = line.remote[method] as unknown as (...all: unknown[]) => Promise<unknown>;
      return Promise.race([invoke(...wrapped), line.failed]);
    };
  },
});
