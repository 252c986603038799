import { asError } from '../../../core/errors.ts';
import type { Analysis, OnStage, SeenImage } from '../../../core/model.ts';
import { keepFile } from '../../../client/files.ts';
import { type Hands, WorkQueue } from '../../../client/queue/WorkQueue.ts';
import type { ImageRow, ImagesSlice } from '../../../store/images.ts';

const IN_FLIGHT = 2;

type Rows = Pick<
  ImagesSlice,
  'order' | 'rows' | 'selectedId' | 'addImages' | 'patchImages' | 'removeImages' | 'setProgress'
>;

export interface QueueParts {
  store: () => Rows;
  /** Analyses one row; rejects with a named error, `Cancelled` after `cancel`. */
  analyse: (id: string, task: string, onStage: OnStage) => Promise<Analysis>;
  cancel: (task: string) => void;
  /** Engines that share the work. */
  hands?: Hands;
  now?: () => number;
}

/** Images on their way to their answers: two at a time for each engine, the chosen one first, the list told at most ten times a second. */
export class ClassifyQueue {
  private readonly queue: WorkQueue;
  private patches = new Map<string, Partial<ImageRow>>();

  constructor(private readonly parts: QueueParts) {
    const { store, cancel, hands, now } = parts;
    this.queue = new WorkQueue({
      name: 'classify',
      concurrency: IN_FLIGHT,
      hands,
      cancel,
      now,
      wanted: () => store().selectedId,
      tell: (progress) => {
        const { patches } = this;
        this.patches = new Map();
        if (patches.size > 0) store().patchImages(patches);
        store().setProgress(progress.done < progress.total ? progress : null);
      },
    });
  }

  /** Puts files at the end of the list and of the queue, in one update; returns their ids. */
  add(files: readonly { file: File; path: string }[]): string[] {
    const rows = files.map(({ file, path }): ImageRow => ({
      id: keepFile(file),
      name: file.name,
      path,
      bytes: file.size,
      status: 'queued',
      stage: null,
      tile: null,
      facts: null,
      analysis: null,
      error: null,
      thumbnailUrl: null,
    }));
    this.parts.store().addImages(rows);
    const ids = rows.map((row) => row.id);
    this.enqueue(ids);
    return ids;
  }

  /** Analyses rows once more: failed, cancelled, or made with other settings. Their answers stay until the new ones come. */
  again(ids: readonly string[]): void {
    const fresh = ids.filter((id) => !this.queue.has(id));
    for (const id of fresh) this.patch(id, { status: 'queued', stage: null, error: null });
    this.enqueue(fresh);
  }

  /** Stops everything queued or working; those rows become `cancelled`, or keep the answer they had. */
  cancelAll(): void {
    for (const id of this.queue.cancelAll()) this.settleCancelled(id);
    this.queue.tellNow();
  }

  /** Stops one row, between tiles if need be; it becomes `cancelled`, or keeps the answer it had. */
  cancel(id: string): void {
    if (!this.queue.cancel(id)) return;
    this.settleCancelled(id);
    this.queue.tellNow();
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.queue.cancel(id);
    this.parts.store().removeImages(ids);
    this.queue.tellNow();
  }

  private enqueue(ids: readonly string[]): void {
    for (const id of ids) this.queue.add(id, (task) => this.classify(id, task));
    this.queue.tellNow();
  }

  private async classify(id: string, task: string): Promise<void> {
    this.patch(id, { status: 'working', stage: null, tile: null, error: null });
    try {
      const analysis = await this.parts.analyse(id, task, (stage, tile, seen) => {
        if (!this.queue.isAtWork(id, task)) return;
        this.patch(id, seen ? this.seen(id, seen) : { stage, tile: tile ?? null });
      });
      this.settle(id, analysis);
    } catch (thrown) {
      const error = asError(thrown);
      const { name, message } = error;
      if (name === 'Cancelled') this.settleCancelled(id);
      else this.patch(id, { status: 'failed', stage: null, tile: null, analysis: null, error: { name, message } });
      throw error;
    }
  }

  /** What a large image looks like stands there while its tiles are computed. */
  private seen(id: string, { facts, thumbnail }: SeenImage): Partial<ImageRow> {
    const { thumbnailUrl = null } = { ...this.parts.store().rows[id], ...this.patches.get(id) };
    return { facts, thumbnailUrl: thumbnailUrl ?? URL.createObjectURL(thumbnail) };
  }

  private settle(id: string, { thumbnail, ...answer }: Analysis): void {
    const before = this.parts.store().rows[id];
    if (!before) return;
    const known = this.patches.get(id)?.thumbnailUrl ?? before.thumbnailUrl;
    const thumbnailUrl = known ?? (thumbnail && URL.createObjectURL(thumbnail));
    this.patch(id, {
      status: 'done',
      stage: null,
      tile: null,
      facts: answer.facts,
      error: null,
      analysis: { ...answer, thumbnail: null },
      thumbnailUrl,
    });
  }

  private settleCancelled(id: string): void {
    const before = this.parts.store().rows[id];
    this.patch(id, { status: before?.analysis ? 'done' : 'cancelled', stage: null, tile: null });
  }

  private patch(id: string, patch: Partial<ImageRow>): void {
    this.patches.set(id, { ...this.patches.get(id), ...patch });
    this.queue.tellSoon();
  }
}
