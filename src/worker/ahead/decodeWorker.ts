import * as Comlink from 'comlink';
import { takeLock } from '../pool/pageLock.ts';
import { Tasks } from '../tasks.ts';
import { makeReady } from './makeReady.ts';
import type { ReadyMaker, ReadyRequest } from './ready.ts';

const tasks = new Tasks();

/** What a decode worker answers. */
export interface DecodeWorker extends ReadyMaker {
  /** Takes a lock and keeps it as long as the worker lives. */
  liveUnder(lock: string): Promise<void>;
}

const worker: DecodeWorker = {
  async liveUnder(lock) {
    await takeLock(lock);
  },
  make: (task: string, request: ReadyRequest) =>
    tasks.run(task, async (signal) => {
      const photo = await makeReady(request, signal);
      return (
        photo &&
        Comlink.transfer(
          photo,
          photo.views.map(({ pixels }) => pixels.buffer),
        )
      );
    }),
  cancel: (task) => tasks.cancel(task),
};

Comlink.expose(worker);
