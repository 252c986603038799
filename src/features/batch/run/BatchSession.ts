import type { BatchInfo, BatchRow } from '../../../core/batchModel.ts';
import { inTurn } from '../../../core/tasks/inTurn.ts';
import type { BatchDatabase } from '../../../storage/batch/BatchDatabase.ts';
import { type BatchState, NO_BATCH } from '../../../store/batch.ts';
import { sortedByName } from '../../../store/batchView.ts';
import type { AppState } from '../../../store/store.ts';
import type { BatchEntry } from './BatchRun.ts';
import { type BatchEngine, BatchRunner } from './BatchRunner.ts';
import { BatchSources, type SourceEntry } from './BatchSources.ts';
import { batchSettings, choiceName, settingsDiffer } from './batchSettings.ts';
import { KeptBatch } from './KeptBatch.ts';
import { batchThumbnails } from './thumbnails.ts';
import { type BatchSource, peek } from './sources.ts';

/** Photos at the start of a list by which a folder is known again. */
const PEEK = 300;

/** Photos that were chosen, and the beginning of their list. */
interface Chosen {
  source: BatchSource;
  first: readonly BatchEntry[];
  list: AsyncIterable<BatchEntry>;
}

export interface SessionParts {
  /** Where the batch is told: the page shows what stands there. */
  state: () => AppState;
  engine: BatchEngine;
  /** @throws where the browser denies storage */
  openDatabase: () => Promise<BatchDatabase>;
}

/**
 * The batch of one page: what it is of, what is computed, what waits for an answer and what is kept of it. Changes of it come one after the
 * other: each begins with what the one before has left.
 */
export class BatchSession {
  private readonly inTurn = inTurn();
  private readonly state: () => AppState;
  private readonly sources = new BatchSources();
  private readonly kept: KeptBatch;
  private readonly runner: BatchRunner;
  /** Photos that wait for an answer to {@link BatchQuestion}. */
  private asked: Chosen[] = [];
  private opening: Promise<void> | null = null;

  constructor({ state, engine, openDatabase }: SessionParts) {
    this.state = state;
    this.kept = new KeptBatch(state, openDatabase);
    this.runner = new BatchRunner({ state, engine, sources: this.sources, kept: this.kept });
  }

  /** Fetches what is left of an earlier visit, once; goes on by itself where its folders may still be read. */
  open(): Promise<void> {
    this.opening ??= this.inTurn(() => this.takeUp()).catch((error: unknown) => {
      this.kept.fail(error);
      this.change({ batchOpened: true });
    });
    return this.opening;
  }

  /** Photos that a person dropped or picked: a new batch, more of this one, or a question. */
  async takePhotos(chosen: BatchSource | Promise<BatchSource>): Promise<void> {
    this.change({ batchListing: true, batchProblem: null });
    try {
      const source = await chosen;
      await this.open();
      const { first, all } = await peek(source.files(), PEEK);
      if (first.length === 0) this.change({ batchProblem: 'There are no photos in what was chosen.' });
      else await this.inTurn(() => this.place({ source, first, list: all }));
    } finally {
      this.change({ batchListing: false });
    }
  }

  /** The answer to the question: into the batch as it is, into a new one, or not at all. */
  answerQuestion(answer: 'this' | 'new' | 'neither'): Promise<void> {
    return this.inTurn(async () => {
      const { batch, changeBatchSettings } = this.state();
      const chosen = this.asked;
      this.asked = [];
      this.change({ batchQuestion: null });
      if (chosen.length === 0 || answer === 'neither') return;
      if (answer === 'new' || !batch) return this.begin(chosen);
      changeBatchSettings(batchSettings(batch));
      for (const one of chosen) await this.accept(batch, one);
    });
  }

  /** Stops at once: results stay, what is being computed is given up. */
  stop(): void {
    this.runner.stop();
  }

  /** Goes on with a batch that was stopped or left; may ask for the permission to read its folders. */
  goOn(): Promise<void> {
    return this.inTurn(async () => {
      if (this.runner.isRunning) return;
      await this.sources.bringBack(this.sources.unfinished, true);
      this.tellPhotos();
      this.list(this.sources.unfinished);
    });
  }

  /** Computes once more what could not be read, as far as its photos can be had; may ask for the permission to read its folders. */
  retryFailed(): Promise<void> {
    return this.inTurn(async () => {
      const { sources } = this;
      const { batch } = this.state();
      if (!batch || this.runner.isRunning) return;
      await sources.bringBack(sources.all, true);
      const isTried = ({ status, path }: BatchRow) => status === 'failed' && !sources.isAway(path);
      const { batchRows } = this.state();
      const tried = batchRows.filter(isTried).map(({ key }) => key);
      if (tried.length === 0) {
        this.tellPhotos();
        const batchProblem = 'The page may not read these photos: choose their folder again, then try again.';
        return this.change({ batchProblem });
      }
      this.change({ batchRows: batchRows.filter((row) => !isTried(row)), batchSelected: new Set() });
      // Not complete without them, also where this is stopped.
      for (const entry of sources.all) if (entry.source) entry.complete = false;
      this.tellPhotos();
      await this.kept.write((database) => database.forget(batch.id, tried));
      await this.keepSources(batch.id);
      this.list(sources.all);
    });
  }

  /** Over the same photos with the settings chosen now, where they can be had; else only the results go. May ask for the permission to read folders. */
  beginAgain(): Promise<void> {
    return this.inTurn(async () => {
      const { sources } = this;
      await sources.bringBack(sources.all, true);
      if (!sources.all.some(({ source }) => source)) return this.clearNow();
      await this.runner.stopped();
      for (const entry of sources.all) entry.complete = false;
      await this.replace(this.state().batch?.folder ?? null);
      this.list(sources.all);
    });
  }

  /** Deletes the batch and its results. */
  clear(): Promise<void> {
    return this.inTurn(() => this.clearNow());
  }

  /**
   * The file behind a result.
   * @throws an error in words where its folder has to be chosen again first, or where it is no longer there as it was
   */
  photoOf(row: Pick<BatchRow, 'key' | 'path' | 'name'>): Promise<File> {
    return this.sources.photoOf(row);
  }

  private change(changes: Partial<BatchState>): void {
    this.state().changeBatch(changes);
  }

  private tellPhotos(): void {
    this.change(this.sources.readiness());
  }

  private async keepSources(id: string): Promise<void> {
    await this.kept.write((database) => database.change(id, { sources: this.sources.kept() }));
  }

  /** Lists these sources anew, as far as they can be read, and computes what has no result. */
  private list(entries: readonly SourceEntry[]): void {
    const listings = entries.flatMap((entry) => (entry.source ? [{ entry, list: entry.source.files() }] : []));
    if (listings.length > 0) this.runner.compute(listings);
  }

  private async takeUp(): Promise<void> {
    const { sources } = this;
    const database = await this.kept.open();
    const found = await database.current();
    if (!found) return this.change({ batchOpened: true });
    const { sources: kept, ...batch } = found;
    const rows: BatchRow[] = [];
    for await (const some of database.results(batch.id, (key, picture) => batchThumbnails.set(key, picture)))
      rows.push(...some);
    const unfinished = batch.total === null || rows.length < batch.total;
    // What was told to be all of it, and is all there, is done, whatever was kept of its sources.
    sources.open(unfinished ? kept : kept.map((source) => ({ ...source, complete: true })));
    await sources.bringBack(sources.unfinished, false);
    // In about the order in which they came: folders are listed by name.
    this.state().changeBatchSettings(batchSettings(batch));
    this.change({ batchOpened: true, batch, batchRows: await sortedByName(rows) });
    this.tellPhotos();
    if (unfinished && !batch.stopped) this.list(sources.unfinished);
  }

  private async place(chosen: Chosen): Promise<void> {
    const { batch, batchRows, settings } = this.state();
    if (!batch) return this.begin([chosen]);
    const known = new Set(batchRows.map(({ key }) => key));
    const same = known.size === 0 || chosen.first.some(({ key }) => known.has(key));
    const differ = settingsDiffer(batch, settings.batch);
    if (this.runner.isRunning || (same && !differ)) return this.accept(batch, chosen);
    this.asked.push(chosen);
    this.change({ batchQuestion: differ ? 'settings' : 'photos' });
  }

  /** A new batch, with the settings chosen now; the one before goes. */
  private async begin(chosen: readonly Chosen[]): Promise<void> {
    await this.runner.stopped();
    this.sources.clear();
    const listings = [];
    for (const { source, first, list } of chosen) {
      listings.push({ entry: await this.sources.add(source, first, []), list });
    }
    await this.replace(chosen[0]?.source.folder ?? null);
    this.runner.compute(listings);
  }

  /** Puts a batch without results in the place of the one that there is. */
  private async replace(folder: string | null): Promise<void> {
    batchThumbnails.clear();
    const { settings, heads } = this.state();
    const { head, policy, minSide, scales, looks } = settings.batch;
    const batch: BatchInfo = {
      id: crypto.randomUUID(),
      created: new Date().toISOString(),
      head,
      headName: choiceName(head, heads),
      policy,
      minSide,
      scales: [...scales],
      looks,
      folder,
      total: null,
      stopped: false,
    };
    const { batchFilter, batchSelected, batchLabelled } = NO_BATCH;
    this.change({ batch, batchRows: [], batchFilter, batchSelected, batchLabelled, batchProblem: null });
    this.tellPhotos();
    await this.kept.write((database) => database.begin({ ...batch, sources: this.sources.kept() }));
  }

  /** More photos of the batch that there is; those with a result are not computed again, and what was unfinished goes on with them. */
  private async accept({ id }: BatchInfo, { source, first, list }: Chosen): Promise<void> {
    const { sources, runner } = this;
    const added = await sources.add(source, first, this.state().batchRows);
    await sources.bringBack(sources.unfinished, false);
    this.change({ batchProblem: null });
    runner.compute([{ entry: added, list }]);
    this.list(sources.unfinished.filter((entry) => !runner.isInRun(entry)));
    this.tellPhotos();
    // Until everything has been listed, nobody knows how many photos there are.
    await this.kept.record(id, { total: null });
    await this.keepSources(id);
  }

  private async clearNow(): Promise<void> {
    await this.runner.stopped();
    this.sources.clear();
    this.asked = [];
    batchThumbnails.clear();
    this.change({ ...NO_BATCH, batchOpened: true, batchUnkept: this.state().batchUnkept });
    await this.kept.write((database) => database.clear());
  }
}
