import * as Comlink from 'comlink';
import type { HeadData } from '../../core/model.ts';
import type { LabelFiles, PoolEngine } from '../api.ts';
import type { VectorHelper } from '../path/VectorHelpers.ts';
import type { Vectors } from '../path/vectors.ts';
import type { Session } from '../session/session.ts';
import type { Tasks } from '../tasks.ts';
import { takeLock } from './pageLock.ts';

/** What an engine does as one of several: the first asks helpers for vectors, a helper answers. */
export class Pooling implements PoolEngine {
  constructor(
    private readonly session: () => Session,
    private readonly tasks: Tasks,
    private readonly heads: ReadonlyMap<string, HeadData>,
    private readonly vectors: Vectors,
  ) {}

  async liveUnder(lock: string): Promise<void> {
    await takeLock(lock);
  }

  async head(id: string): Promise<HeadData | null> {
    return this.heads.get(id) ?? null;
  }

  async labelFiles(): Promise<LabelFiles | null> {
    return this.session().labels.fetched;
  }

  takeLabels(files: LabelFiles): Promise<void> {
    return this.session().labels.take(files);
  }

  async serveVectors(port: MessagePort): Promise<void> {
    const { tasks, vectors } = this;
    const helper: VectorHelper = {
      make: (task, photo, views, kind) =>
        tasks.run(task, async (signal) => {
          const made = await vectors.forAnother(photo, views, kind, signal);
          return Comlink.transfer(
            made,
            made.vectors.map(({ buffer }) => buffer),
          );
        }),
      cancel: (task) => tasks.cancel(task),
    };
    Comlink.expose(helper, port);
  }

  async addHelper(id: string, port: MessagePort): Promise<void> {
    const remote = Comlink.wrap<VectorHelper>(port);
    this.vectors.helpers.add(id, {
      make: (task, photo, views, kind) => remote.make(task, photo, views, kind),
      cancel: (task) => remote.cancel(task),
    });
  }

  async removeHelper(id: string): Promise<void> {
    this.vectors.helpers.remove(id);
  }
}
