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

/** Starts the worker. Every method is called alike, whatever it takes and gives. */
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
  return { remote: Comlink.wrap<Record<Method, (...args: unknown[]) => unknown>>(worker), failed };
}

function storageClient(): Storage {
  let connection: ReturnType<typeof connect> | null = null;
  return new Proxy({} as Storage, {
    get(_target, method: Method | 'then') {
      if (method === 'then') return undefined;
      return (...args: unknown[]) => {
        connection ??= connect();
        const wrapped = args.map((arg) => (typeof arg === 'function' ? Comlink.proxy(arg) : arg));
        return Promise.race([connection.remote[method](...wrapped), connection.failed]);
      };
    },
  });
}

/** Projects, in their worker, which the first call starts. Functions among the arguments are called back from there. */
export const storage: Storage = storageClient();
