import * as Comlink from 'comlink';
import { nextName } from '../../core/nextName.ts';
import { takeLock } from '../pool/pageLock.ts';
import { Ahead, type AheadWorker } from './Ahead.ts';
import type { DecodeWorker } from './decodeWorker.ts';

const LEAST = 2;
const MOST = 4;

/** Null where this worker can start no other, or would not hear of its death: only the browser's locks tell of it. */
export function startAhead(): Ahead | null {
  const { navigator, Worker: nested } = globalThis;
  if (typeof nested !== 'function' || !navigator?.locks) return null;
  return new Ahead({ start, most: Math.min(MOST, Math.max(LEAST, navigator.hardwareConcurrency - 1)) });
}

function start(): AheadWorker {
  const worker = new Worker(new URL('./decodeWorker.ts', import.meta.url), { type: 'module', name: 'anysize-decoder' });
  const remote = Comlink.wrap<DecodeWorker>(worker);
  const lock = nextName(`anysize-decoder ${Math.random().toString(36).slice(2)}`);
  const gone = new Promise<void>((resolve) => {
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      // Without a message it is the worker's own file that could not be fetched; else the worker lives on.
      if (!event.message) resolve();
    });
    const died = async () => {
      await remote.liveUnder(lock);
      (await takeLock(lock))();
    };
    died().then(resolve, () => resolve());
  });
  return {
    make: (task, request) => remote.make(task, request),
    cancel: (task) => remote.cancel(task).catch(() => {}),
    gone,
    end: () => worker.terminate(),
  };
}
