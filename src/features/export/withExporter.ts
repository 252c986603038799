import type { Remote } from 'comlink';
import { inOwnWorker } from '../../client/inOwnWorker.ts';
import { AnysizeError } from '../../core/errors.ts';
import type { Exporter } from './exportWorker.ts';

function died(why: string): AnysizeError {
  const reason = why || 'it ran out of memory, or could not be loaded';
  return new AnysizeError('BadModel', `The work stopped: ${reason}. Try again, or reload the page.`);
}

/** Reads or makes a model file in a worker of its own. @throws AnysizeError, `BadModel` where the worker itself dies */
export function withExporter<T>(work: (exporter: Remote<Exporter>) => Promise<T>): Promise<T> {
  const worker = new Worker(new URL('./exportWorker.ts', import.meta.url), { type: 'module', name: 'anysize-export' });
  return inOwnWorker(worker, work, died);
}
