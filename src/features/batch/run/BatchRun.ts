import { type Hands, WorkQueue } from '../../../client/queue/WorkQueue.ts';
import { asError } from '../../../core/errors.ts';
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
  /** Engines that share the work. */
  hands?: Hands | undefined;
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

/** Errors of the engine, not of a photo: going on would fail every photo that is left. */
const ENGINE_ERRORS = new Set([
  'NoBackend',
  'DeviceLost',
  'UnknownHead',
  'LabelsUnavailable',
  'BadModel',
  'BadArgument',
]);

/** One run over one or more lists of photos: two at a time for each engine, in the order of the lists, what is known already left out. */
export class BatchRun<Row> {
  readonly ended: Promise<RunEnd>;
  private readonly queue: WorkQueue;
  private readonly seen: Set<string>;
  private lists = 0;
  private fresh: Row[] = [];
  private stopping: RunEnd | null = null;
  /** Why a list could not be read to its end. */
  private unlisted: Error | null = null;
  private over = false;
  private end: (end: RunEnd) => void = () => {};

  /** @param known keys of photos that have a result: counted as done, never computed again */
  constructor(
    private readonly parts: RunParts<Row>,
    known: Iterable<string>,
  ) {
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
    this.seen = new Set(known);
    this.queue = new WorkQueue({
      name: 'batch',
      concurrency: IN_FLIGHT,
      hands: parts.hands,
      cancel: parts.cancel,
      tellEvery: REPORT_MS,
      now: parts.now,
      onIdle: () => this.endWhenDone(),
      tell: (progress) => {
        const rows = this.fresh;
        this.fresh = [];
        parts.report(rows, { ...progress, listing: this.lists > 0 });
      },
    });
    this.queue.more = true;
    this.queue.count(this.seen.size);
  }

  /** True once it takes up no more. */
  get ending(): boolean {
    return this.over || this.stopping !== null;
  }

  /** Takes up a list of photos; they are computed while it is still being read. A list that fails leaves the others their turn. */
  add(list: AsyncIterable<BatchEntry>): void {
    this.lists++;
    this.queue.more = true;
    void this.read(list)
      .catch((thrown: unknown) => {
        this.unlisted ??= asError(thrown);
      })
      .then(() => this.endList());
  }

  /** Stops: photos that are being computed are given up, results stay. */
  stop(): void {
    this.halt({ how: 'stopped' });
  }

  private async read(list: AsyncIterable<BatchEntry>): Promise<void> {
    for await (const entry of list) {
      if (this.stopping) return;
      if (this.seen.has(entry.key)) continue;
      this.seen.add(entry.key);
      if (isUnopened(entry)) {
        this.keep(this.parts.failed(entry, entry.error));
        this.queue.count(1, 1);
      } else this.queue.add(entry.key, (task) => this.compute(entry, task));
    }
  }

  private endList(): void {
    this.lists--;
    // A list may end long after the run was stopped: there is nothing left to tell.
    if (this.over) return;
    this.queue.more = this.lists > 0;
    if (this.lists === 0 && !this.stopping && !this.unlisted) this.parts.listed(this.seen.size);
    this.endWhenDone();
  }

  private halt(end: RunEnd): void {
    if (this.stopping) return;
    this.stopping = end;
    this.queue.cancelAll();
    this.endWhenDone();
  }

  private async compute(file: BatchFile, task: string): Promise<void> {
    try {
      this.keep(await this.parts.analyse(file, task));
    } catch (thrown) {
      const error = asError(thrown);
      if (ENGINE_ERRORS.has(error.name)) this.halt({ how: 'halted', error });
      else if (error.name === 'Cancelled') this.stop();
      else this.keep(this.parts.failed(file, error));
      throw error;
    }
  }

  private keep(row: Row): void {
    this.fresh.push(row);
    this.parts.save(row);
  }

  private endWhenDone(): void {
    if (this.over || this.queue.left > 0 || !(this.stopping || this.lists === 0)) return;
    this.over = true;
    this.queue.tellNow();
    this.end(this.stopping ?? (this.unlisted ? { how: 'halted', error: this.unlisted } : { how: 'finished' }));
  }
}
