import { type Hands, WorkQueue } from '../queue/WorkQueue.ts';
import { asError } from '../../core/errors.ts';
import type { PhotoRow } from '../../core/project/model.ts';
import type { WorkProgress } from '../../core/tasks/progress.ts';
import type { Ingested } from '../../core/training/model.ts';

const IN_FLIGHT = 3;

export interface IngestParts {
  /** Reads one photo; rejects with a named error, `Cancelled` after `cancel`. */
  ingest: (id: string, task: string) => Promise<Ingested>;
  cancel: (task: string) => void;
  /** Engines that share the work. */
  hands?: Hands;
  patch: (patches: ReadonlyMap<string, Partial<PhotoRow>>) => void;
  report: (progress: WorkProgress | null) => void;
  thumbnailUrl?: (thumbnail: Blob) => string;
  now?: () => number;
}

/** Photos on their way to being known: three at a time for each engine, the store told at most ten times a second. */
export class IngestQueue {
  private readonly queue: WorkQueue;
  private patches = new Map<string, Partial<PhotoRow>>();

  constructor(private readonly parts: IngestParts) {
    const { cancel, hands, patch, report, now } = parts;
    this.queue = new WorkQueue({
      name: 'ingest',
      concurrency: IN_FLIGHT,
      hands,
      cancel,
      now,
      tell: (progress) => {
        const { patches } = this;
        this.patches = new Map();
        if (patches.size > 0) patch(patches);
        report(progress.done < progress.total ? progress : null);
      },
    });
  }

  add(ids: readonly string[]): void {
    for (const id of ids) this.queue.add(id, (task) => this.read(id, task));
    this.queue.tellNow();
  }

  /** Stops reading; photos that are not read yet stay `waiting` and can be added again. */
  cancel(): void {
    this.queue.cancelAll();
    this.queue.tellNow();
  }

  private async read(id: string, task: string): Promise<void> {
    try {
      const { hash, perceptual, facts, thumbnail } = await this.parts.ingest(id, task);
      const url = this.parts.thumbnailUrl ?? ((blob: Blob) => URL.createObjectURL(blob));
      const { format: _, reduction: _reduction, ...known } = facts;
      const thumbnailUrl = url(thumbnail);
      this.patches.set(id, { status: 'ready', error: null, hash, perceptual, ...known, thumbnailUrl });
    } catch (thrown) {
      const error = asError(thrown);
      if (error.name !== 'Cancelled') this.patches.set(id, { status: 'failed', error: error.message });
      throw error;
    }
  }
}
