import { type Remote, wrap } from 'comlink';
import { AnysizeError } from '../../core/errors.ts';
import type { Exporter } from './exportWorker.ts';

/**
 * Does one piece of work in a worker of its own, which ends with it and gives its memory back.
 * @throws what the work throws, by name; AnysizeError `BadModel` where the worker itself dies
 */
export async function withExporter<T>(work: (exporter: Remote<Exporter>) => Promise<T>): Promise<T> {
  const worker = new Worker(new URL('./exportWorker.ts', import.meta.url), { type: 'module', name: 'anysize-export' });
  try {
    return await new Promise<T>((resolve, reject) => {
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        const why = event.message || 'it ran out of memory, or could not be loaded';
        reject(new AnysizeError('BadModel', `The work stopped: ${why}. Try again, or reload the page.`));
      });
      work(wrap<Exporter>(worker)).then(resolve, reject);
    });
  } finally {
    worker.terminate();
  }
}
