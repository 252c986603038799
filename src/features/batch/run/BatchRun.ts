import type { BatchProgress } from '../../../store/batch.ts';

/** A photo of a batch; its file is a handle, its bytes are read when its turn comes. */
export interface BatchFile {
  key: string;
  path: string;
  file: File;
}

/** A photo, or a folder in which photos may be, that could not be opened. */
export interface Unopened {
  key: string;
  path: string;
  error: Error;
}

/** What a list of photos is made of. */
export type BatchEntry = BatchFile | Unopened;

export function isUnopened(entry: BatchEntry): entry is Unopened {
  return 'error' in entry;
}

export interface RunParts<Row> {
  /** Computes one photo; rejects with a named error, `Cancelled` after `cancel`. */
  analyse: (file: BatchFile, task: string) => Promise<Row>;
  /** The row of a photo that could not be read. */
  failed: (entry: BatchEntry, error: Error) => Row;
  cancel: (task: string) => void;
  /** Called once for every photo that is computed, at once. */
  save: (row: Row) => void;
  /** Rows that are new since the last call, and how far it is; at most four times a second. */
  report: (rows: Row[], progress: BatchProgress) => void;
  /** Every list has been read to its end: so many photos there are. */
  listed: (found: number) => void;
  now?: () => number;
}

/** How a run came to its end. `halted`: something that no other photo would get past either, or a list that could not be read to its end. */
export type RunEnd = { how: 'finished' } | { how: 'stopped' } | { how: 'halted'; error: Error };

const IN_FLIGHT = 2;
const REPORT_MS = 250;
/** The pace is that of the last seconds: photos differ in size, and the machine gets other work. */
const PACE_MS = 15_000;
const PACE_FROM = 4;

/** Errors of the engine, not of a photo: going on would fail every photo that is left. */
const ENGINE_ERRORS = new Set([
  'NoBackend',
  'DeviceLost',
  'UnknownHead',
  'LabelsUnavailable',
  'BadModel',
  'BadArgument',
]);

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** One run over one or more lists of photos: two at a time, in the order of the lists, what is known already left out. */
export class BatchRun<Row> {
  readonly ended: Promise<RunEnd>;
  private readonly pending: BatchFile[] = [];
  private next = 0;
  private readonly seen = new Set<string>();
  private readonly running = new Set<string>();
  private lists = 0;
  private finished: number;
  private readonly finishedAt: number[] = [];
  private fresh: Row[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;
  private stopping: RunEnd | null = null;
  /** Why a list could not be read to its end. */
  private unlisted: Error | null = null;
  private over = false;
  private end: (end: RunEnd) => void = () => {};
  private taskCount = 0;
  private readonly now: () => number;

  /** @param known keys of photos that have a result: counted as finished, never computed again */
  constructor(
    private readonly parts: RunParts<Row>,
    known: Iterable<string>,
  ) {
    this.now = parts.now ?? (() => performance.now());
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
    for (const key of known) this.seen.add(key);
    this.finished = this.seen.size;
  }

  /** Photos that were found, those with a result included. */
  get found(): number {
    return this.seen.size;
  }

  /** True once it takes up no more. */
  get ending(): boolean {
    return this.over || this.stopping !== null;
  }

  /** Takes up a list of photos; they are computed while it is still being read. A list that fails leaves the others their turn. */
  add(list: AsyncIterable<BatchEntry>): void {
    this.lists++;
    void this.read(list)
      .catch((thrown: unknown) => {
        this.unlisted ??= asError(thrown);
      })
      .then(() => this.endList());
  }

  /** Stops: photos that are being computed are given up, results stay. */
  stop(): void {
    this.halt(null);
  }

  private async read(list: AsyncIterable<BatchEntry>): Promise<void> {
    for await (const entry of list) {
      if (this.stopping) return;
      if (this.seen.has(entry.key)) continue;
      this.seen.add(entry.key);
      if (isUnopened(entry)) {
        this.settle(this.parts.failed(entry, entry.error));
        continue;
      }
      this.pending.push(entry);
      this.pump();
      this.reportSoon();
    }
  }

  private endList(): void {
    this.lists--;
    if (this.lists === 0 && !this.stopping && !this.unlisted) this.parts.listed(this.seen.size);
    this.reportSoon();
    this.endWhenDone();
  }

  private halt(error: unknown): void {
    if (this.stopping) return;
    if (error === null) this.stopping = { how: 'stopped' };
    else this.stopping = { how: 'halted', error: asError(error) };
    for (const task of this.running) this.parts.cancel(task);
    this.endWhenDone();
  }

  private pump(): void {
    while (!this.stopping && this.running.size < IN_FLIGHT && this.next < this.pending.length) {
      const file = this.pending[this.next++];
      if (file) void this.work(file);
      // The list is cut now and then, so that handles of photos that are done do not pile up.
      if (this.next < 1000) continue;
      this.pending.splice(0, this.next);
      this.next = 0;
    }
  }

  private async work(file: BatchFile): Promise<void> {
    const task = `batch-${++this.taskCount}`;
    this.running.add(task);
    try {
      this.settle(await this.parts.analyse(file, task));
    } catch (thrown) {
      const error = asError(thrown);
      if (ENGINE_ERRORS.has(error.name)) this.halt(error);
      else if (error.name === 'Cancelled') this.halt(null);
      else this.settle(this.parts.failed(file, error));
    }
    this.running.delete(task);
    this.pump();
    this.endWhenDone();
  }

  private settle(row: Row): void {
    this.finished++;
    const now = this.now();
    this.finishedAt.push(now);
    while ((this.finishedAt[0] ?? now) < now - PACE_MS) this.finishedAt.shift();
    this.fresh.push(row);
    this.parts.save(row);
    this.reportSoon();
  }

  private endWhenDone(): void {
    const done = this.lists === 0 && this.next >= this.pending.length;
    if (this.over || this.running.size > 0 || !(this.stopping || done)) return;
    this.over = true;
    this.report();
    this.end(this.stopping ?? (this.unlisted ? { how: 'halted', error: this.unlisted } : { how: 'finished' }));
  }

  private reportSoon(): void {
    this.timer ??= setTimeout(() => this.report(), REPORT_MS);
  }

  private report(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const rows = this.fresh;
    this.fresh = [];
    this.parts.report(rows, this.progress());
  }

  private progress(): BatchProgress {
    const { finishedAt } = this;
    const first = finishedAt[0] ?? 0;
    const span = (finishedAt.at(-1) ?? 0) - first;
    const rate = finishedAt.length >= PACE_FROM && span > 0 ? ((finishedAt.length - 1) / span) * 1000 : null;
    const left = this.seen.size - this.finished;
    const listing = this.lists > 0;
    return {
      listing,
      found: this.seen.size,
      finished: this.finished,
      rate,
      secondsLeft: rate === null || listing ? null : left / rate,
    };
  }
}
