import type { PhotoRow } from '../../../core/project/model.ts';
import type { Ingested } from '../../../core/training/model.ts';
import type { ReadingProgress } from '../../../store/photos.ts';

const IN_FLIGHT = 3;
const FLUSH_MS = 120;
/** Photos after which the pace is steady enough for an estimate. */
const ESTIMATE_FROM = 5;

export interface IngestParts {
  /** Reads one photo; rejects with a named error, `Cancelled` after `cancel`. */
  ingest: (id: string, task: string) => Promise<Ingested>;
  cancel: (task: string) => void;
  patch: (patches: ReadonlyMap<string, Partial<PhotoRow>>) => void;
  report: (progress: ReadingProgress | null) => void;
  thumbnailUrl?: (thumbnail: Blob) => string;
  now?: () => number;
}

/** Photos on their way to being known: three at a time, the store told about eight times a second. */
export class IngestQueue {
  private readonly pending = new Set<string>();
  private readonly running = new Map<string, string>();
  private patches = new Map<string, Partial<PhotoRow>>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private taskCount = 0;
  private total = 0;
  private startedAt = 0;
  private readonly now: () => number;

  constructor(private readonly parts: IngestParts) {
    this.now = parts.now ?? (() => performance.now());
  }

  add(ids: readonly string[]): void {
    if (this.left === 0) {
      this.total = 0;
      this.startedAt = this.now();
    }
    for (const id of ids) {
      if (this.pending.has(id) || this.running.has(id)) continue;
      this.pending.add(id);
      this.total++;
    }
    this.pump();
    this.flushSoon();
  }

  /** Stops reading; photos that are not read yet stay `waiting` and can be added again. */
  cancel(): void {
    this.pending.clear();
    for (const task of this.running.values()) this.parts.cancel(task);
    this.flushSoon();
  }

  private get left(): number {
    return this.pending.size + this.running.size;
  }

  private pump(): void {
    for (const id of this.pending) {
      if (this.running.size >= IN_FLIGHT) return;
      this.pending.delete(id);
      void this.read(id);
    }
  }

  private async read(id: string): Promise<void> {
    const task = `ingest-${++this.taskCount}`;
    this.running.set(id, task);
    try {
      const { hash, perceptual, facts, thumbnail } = await this.parts.ingest(id, task);
      const url = this.parts.thumbnailUrl ?? ((blob: Blob) => URL.createObjectURL(blob));
      const { width, height, bytes } = facts;
      this.patches.set(id, {
        status: 'ready',
        error: null,
        hash,
        perceptual,
        width,
        height,
        bytes,
        thumbnailUrl: url(thumbnail),
      });
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      if (name !== 'Cancelled') this.patches.set(id, { status: 'failed', error: message });
    }
    this.running.delete(id);
    this.pump();
    this.flushSoon();
  }

  private flushSoon(): void {
    this.timer ??= setTimeout(() => this.flush(), FLUSH_MS);
  }

  private flush(): void {
    this.timer = null;
    if (this.patches.size > 0) {
      const patches = this.patches;
      this.patches = new Map();
      this.parts.patch(patches);
    }
    this.parts.report(this.progress());
  }

  private progress(): ReadingProgress | null {
    if (this.left === 0) return null;
    const finished = this.total - this.left;
    const pace = (this.now() - this.startedAt) / 1000 / finished;
    return { total: this.total, finished, secondsLeft: finished >= ESTIMATE_FROM ? pace * this.left : null };
  }
}
