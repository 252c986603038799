import type { Analysis, OnStage, SeenImage } from '../../../core/model.ts';
import { keepFile } from '../../../client/files.ts';
import type { ImageRow, ImagesSlice, QueueProgress } from '../../../store/images.ts';

const IN_FLIGHT = 2;
const FLUSH_MS = 100;
/** Answers after which the pace is steady enough for an estimate. */
const ESTIMATE_FROM = 3;

type Rows = Pick<
  ImagesSlice,
  'order' | 'rows' | 'selectedId' | 'addImages' | 'patchImages' | 'removeImages' | 'setProgress'
>;

export interface QueueParts {
  store: () => Rows;
  /** Analyses one row; rejects with a named error, `Cancelled` after `cancel`. */
  analyse: (id: string, task: string, onStage: OnStage) => Promise<Analysis>;
  cancel: (task: string) => void;
  now?: () => number;
}

/** Images on their way to their answers: two at a time, the chosen one first, the list told at most ten times a second. */
export class ClassifyQueue {
  private readonly pending = new Set<string>();
  private readonly running = new Map<string, string>();
  private readonly patches = new Map<string, Partial<ImageRow>>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private flushedAt = -Infinity;
  private taskCount = 0;
  private total = 0;
  private finished = 0;
  private firstFinishedAt = 0;
  private readonly now: () => number;

  constructor(private readonly parts: QueueParts) {
    this.now = parts.now ?? (() => performance.now());
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
    const fresh = ids.filter((id) => !this.pending.has(id) && !this.running.has(id));
    for (const id of fresh) this.patch(id, { status: 'queued', stage: null, error: null });
    this.enqueue(fresh);
  }

  /** Stops everything queued or working; those rows become `cancelled`, or keep the answer they had. */
  cancelAll(): void {
    for (const id of this.pending) this.settleCancelled(id);
    this.pending.clear();
    for (const task of this.running.values()) this.parts.cancel(task);
    this.flush();
  }

  /** Stops one row, between tiles if need be; it becomes `cancelled`, or keeps the answer it had. */
  cancel(id: string): void {
    if (this.pending.delete(id)) {
      this.total--;
      this.settleCancelled(id);
      this.flush();
    }
    const task = this.running.get(id);
    if (task) this.parts.cancel(task);
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) {
      if (this.pending.delete(id)) this.total--;
      const task = this.running.get(id);
      if (task) this.parts.cancel(task);
    }
    this.parts.store().removeImages(ids);
    this.flush();
  }

  private enqueue(ids: readonly string[]): void {
    for (const id of ids) this.pending.add(id);
    this.total += ids.length;
    this.pump();
    this.flush();
  }

  private pump(): void {
    while (this.running.size < IN_FLIGHT && this.pending.size > 0) {
      const { selectedId } = this.parts.store();
      const id = selectedId !== null && this.pending.has(selectedId) ? selectedId : this.pending.values().next().value;
      if (id === undefined) return;
      this.pending.delete(id);
      void this.work(id);
    }
  }

  private async work(id: string): Promise<void> {
    const task = `classify-${++this.taskCount}`;
    this.running.set(id, task);
    this.patch(id, { status: 'working', stage: null, tile: null, error: null });
    try {
      const analysis = await this.parts.analyse(id, task, (stage, tile, seen) => {
        if (this.running.get(id) !== task) return;
        this.patch(id, seen ? this.seen(id, seen) : { stage, tile: tile ?? null });
      });
      this.settle(id, analysis);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      if (name === 'Cancelled') this.settleCancelled(id);
      else this.patch(id, { status: 'failed', stage: null, tile: null, analysis: null, error: { name, message } });
    }
    this.running.delete(id);
    this.finished++;
    if (this.finished === 1) this.firstFinishedAt = this.now();
    this.pump();
    this.flushSoon();
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
    this.flushSoon();
  }

  private flushSoon(): void {
    if (this.timer !== null) return;
    const wait = Math.max(0, this.flushedAt + FLUSH_MS - this.now());
    this.timer = setTimeout(() => this.flush(), wait);
  }

  private flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.flushedAt = this.now();
    const store = this.parts.store();
    if (this.patches.size > 0) {
      const patches = new Map(this.patches);
      this.patches.clear();
      store.patchImages(patches);
    }
    store.setProgress(this.progress());
  }

  private progress(): QueueProgress | null {
    const left = this.pending.size + this.running.size;
    if (left === 0) {
      this.total = 0;
      this.finished = 0;
      return null;
    }
    const pace = (this.now() - this.firstFinishedAt) / (this.finished - 1);
    const secondsLeft = this.finished >= ESTIMATE_FROM ? (pace * left) / 1000 : null;
    return { total: this.total, finished: this.total - left, secondsLeft };
  }
}
