import { type Remote, wrap } from 'comlink';
import { AnysizeError } from '../core/errors.ts';

/**
 * Does one piece of work in a worker of its own, which ends with it and gives its memory back.
 * @param onDeath the error where the worker itself stops, from what the browser says of it: often nothing
 * @throws what the work throws, by name; AnysizeError `Cancelled` when the signal is given
 */
export async function inOwnWorker<Api, T>(
  worker: Worker,
  work: (remote: Remote<Api>) => Promise<T>,
  onDeath: (why: string) => AnysizeError,
  signal?: AbortSignal,
): Promise<T> {
  try {
    return await new Promise<T>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new AnysizeError('Cancelled', 'This was stopped.')));
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        reject(onDeath(event.message));
      });
      work(wrap<Api>(worker)).then(resolve, reject);
    });
  } finally {
    worker.terminate();
  }
}
