import type { Hands } from '../../../client/queue/WorkQueue.ts';
import type { BatchInfo, BatchRow } from '../../../core/batchModel.ts';
import { messageOf } from '../../../core/errors.ts';
import type { AnalyseOptions, Analysis, LabelsState } from '../../../core/model.ts';
import { inTurn } from '../../../core/tasks/inTurn.ts';
import { withLock } from '../../../storage/withLock.ts';
import { analyseOptions } from '../../../store/analyseOptions.ts';
import type { AppState } from '../../../store/store.ts';
import { type BatchEntry, BatchRun } from './BatchRun.ts';
import type { BatchSources, SourceEntry } from './BatchSources.ts';
import { batchSettings } from './batchSettings.ts';
import type { KeptBatch } from './KeptBatch.ts';
import { batchThumbnails } from './thumbnails.ts';
import { doneRow, failedRow } from './rows.ts';

/** A source of the batch and the list of its photos, to be computed. */
export interface Listing {
  entry: SourceEntry;
  list: AsyncIterable<BatchEntry>;
}

/** What the batch asks of the engine. */
export interface BatchEngine {
  /** Computes one photo; rejects with a named error, `Cancelled` after `cancel`. */
  analyse: (task: string, file: File, options: AnalyseOptions) => Promise<Analysis>;
  cancel: (task: string) => void;
  /** Engines that share the work. */
  hands?: Hands;
  /** Fetches the ImageNet labels; gives up after some seconds. */
  loadLabels: () => Promise<LabelsState>;
}

export interface RunnerParts {
  state: () => AppState;
  engine: BatchEngine;
  sources: BatchSources;
  kept: KeptBatch;
}

const LOCK = 'anysize-batch';
const ELSEWHERE = 'A batch is running in another tab of this page. Stop it there, or wait until it is done.';
const SLOW_LABELS =
  'The ImageNet labels are slow to come: nothing was heard from the network for some seconds. Go on later, or choose other classes.';

/** Computes what the batch has no result of: one run after the other in this tab, and in one tab at a time. */
export class BatchRunner {
  private readonly inTurn = inTurn();
  /** What waits for a run to begin, from the moment it is asked for; null where nothing waits. */
  private waiting: Listing[] | null = null;
  private run: BatchRun<BatchRow> | null = null;
  /** The sources of the run. */
  private inRun: SourceEntry[] = [];

  constructor(private readonly parts: RunnerParts) {}

  /** True from the moment a run is asked for until it ends or is told to. */
  get isRunning(): boolean {
    return this.waiting !== null || (this.run !== null && !this.run.ending);
  }

  /** Whether the run has this source already. */
  isInRun(entry: SourceEntry): boolean {
    const waits = this.waiting?.some((listing) => listing.entry === entry) ?? false;
    return this.isRunning && (this.inRun.includes(entry) || waits);
  }

  /** Computes what has no result yet, in a run that begins now or in the one that there is. */
  compute(listings: readonly Listing[]): void {
    if (this.run && !this.run.ending) return this.join(this.run, listings);
    if (this.waiting) return void this.waiting.push(...listings);
    this.waiting = [...listings];
    const { batchRows, changeBatch } = this.parts.state();
    const done = batchRows.length;
    const batchProgress = { listing: true, done, total: done, failed: 0, pace: null, secondsLeft: null };
    changeBatch({ batchProblem: null, batchProgress });
    void this.inTurn(() => this.runAlone());
  }

  /** Stops at once: results stay, what is being computed is given up. */
  stop(): void {
    const { batch, changeBatch } = this.parts.state();
    if (this.waiting) {
      this.waiting = null;
      if (!this.run) changeBatch({ batchProgress: null });
      if (batch) void this.parts.kept.record(batch.id, { stopped: true });
    }
    this.run?.stop();
  }

  /** Stops, and waits until nothing is computed any more and the lock is given back. */
  async stopped(): Promise<void> {
    this.stop();
    await this.inTurn(() => {});
  }

  private join(run: BatchRun<BatchRow>, listings: readonly Listing[]): void {
    for (const { entry, list } of listings) {
      this.inRun.push(entry);
      run.add(this.parts.sources.keeping(list));
    }
  }

  private async runAlone(): Promise<void> {
    const { changeBatch } = this.parts.state();
    try {
      await withLock(LOCK, { ifAvailable: true }, (held) => this.runWaiting(held));
    } catch (error) {
      this.waiting = null;
      changeBatch({ batchProblem: messageOf(error) });
    }
    this.run = null;
    this.inRun = [];
    // What was asked for while this run was ending has a turn of its own.
    if (!this.waiting) changeBatch({ batchProgress: null });
  }

  /** Runs until all that waits, and all that joins, is done or it is stopped. */
  private async runWaiting(held: boolean): Promise<void> {
    const { state, kept, sources } = this.parts;
    const { batch, changeBatch } = state();
    const problem = held ? batch && this.waiting && (await this.headProblem(batch)) : ELSEWHERE;
    // Null by now where it was stopped meanwhile.
    const listings = this.waiting;
    this.waiting = null;
    if (problem && listings) return changeBatch({ batchProblem: problem });
    if (!batch || !listings) return;
    const run = this.newRun(batch);
    this.run = run;
    void kept.record(batch.id, { stopped: false });
    this.join(run, listings);
    const end = await run.ended;
    if (end.how === 'halted') changeBatch({ batchProblem: end.error.message });
    if (end.how !== 'finished') return kept.record(batch.id, { stopped: true });
    for (const entry of this.inRun) entry.complete = true;
    changeBatch(sources.readiness());
    await kept.write((database) => database.change(batch.id, { sources: sources.kept() }));
  }

  /** Why this head cannot answer now, in words; null when it can. */
  private async headProblem({ head, headName }: BatchInfo): Promise<string | null> {
    const { labels, setLabels, heads } = this.parts.state();
    if (typeof head === 'object') {
      if (heads.some(({ id }) => id === head.id)) return null;
      return `The classifier of this batch, “${headName}”, is not open here: open its project or import it, then go on.`;
    }
    if (head !== 'imagenet' || labels.status === 'ready') return null;
    const loaded = await this.parts.engine.loadLabels();
    setLabels(loaded);
    if (loaded.status === 'ready') return null;
    if (loaded.status !== 'unavailable') return SLOW_LABELS;
    return `${loaded.reason} The built-in classes and your own work without them.`;
  }

  private newRun(batch: BatchInfo): BatchRun<BatchRow> {
    const { state, engine, sources, kept } = this.parts;
    return new BatchRun<BatchRow>(
      {
        async analyse(photo, task) {
          const { settings, heads } = state();
          // An answer does not depend on the rule; the paper rule does not fit every size.
          const pyramid = { ...settings.pyramid, rule: 'adaptive' as const };
          const options = { ...analyseOptions({ ...batchSettings(batch), pyramid }), thumbnail: true };
          const analysis = await engine.analyse(task, photo.file, options);
          if (analysis.thumbnail) batchThumbnails.set(photo.key, analysis.thumbnail);
          return doneRow(photo, analysis, heads);
        },
        failed: (photo, error) => failedRow(photo, error, batch),
        cancel: engine.cancel,
        hands: engine.hands,
        listed: (found) => void kept.record(batch.id, { total: sources.lacking ? null : found }),
        save: (row) => void kept.write((database) => database.save(batch.id, row, batchThumbnails.get(row.key))),
        report: (rows, batchProgress) => {
          const { batchRows, changeBatch } = state();
          changeBatch({ batchProgress, ...(rows.length > 0 ? { batchRows: [...batchRows, ...rows] } : {}) });
        },
      },
      state().batchRows.map(({ key }) => key),
    );
  }
}
