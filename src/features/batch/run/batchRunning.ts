import { engine } from '../../../client/engineClient.ts';
import { messageOf } from '../../../core/errors.ts';
import { toImageInput } from '../../../client/imageInput.ts';
import { analyseOptions } from '../../../store/analyseOptions.ts';
import type { BatchInfo, BatchRow } from '../../../core/batchModel.ts';
import { useStore } from '../../../store/store.ts';
import { type BatchEntry, BatchRun } from './BatchRun.ts';
import type { SourceEntry } from './BatchSources.ts';
import { batchSettings } from './batchSettings.ts';
import { keep, record } from './keptBatch.ts';
import { keeping, sources } from './photosAtHand.ts';
import { doneRow, failedRow } from './rows.ts';

/** A source of the batch and the list of its photos, to be computed. */
export interface Listing {
  entry: SourceEntry;
  list: AsyncIterable<BatchEntry>;
}

const LOCK = 'anysize-batch';
const ELSEWHERE = 'A batch is running in another tab of this page. Stop it there, or wait until it is done.';

const state = useStore.getState;
const change = (changes: Parameters<ReturnType<typeof state>['changeBatch']>[0]) => state().changeBatch(changes);

/** What waits for a run to begin, from the moment it is asked for; null where nothing waits. */
let waiting: Listing[] | null = null;
let run: BatchRun<BatchRow> | null = null;
/** The sources of the run. */
let inRun: SourceEntry[] = [];
/** Settles when the latest run is over, its end is kept and its lock is given back. */
let over: Promise<unknown> = Promise.resolve();

/** True from the moment a run is asked for until it ends or is told to. */
export function isRunning(): boolean {
  return waiting !== null || (run !== null && !run.ending);
}

/** Whether the run has this source already. */
export function isInRun(entry: SourceEntry): boolean {
  return isRunning() && (inRun.includes(entry) || (waiting ?? []).some((listing) => listing.entry === entry));
}

/** Computes what has no result yet, in a run that begins now or in the one that there is; only one tab at a time. */
export function compute(listings: readonly Listing[]): void {
  if (run && !run.ending) return join(run, listings);
  if (waiting) return void waiting.push(...listings);
  waiting = [...listings];
  const { length } = state().batchRows;
  change({
    batchProblem: null,
    batchProgress: { listing: true, total: length, done: length, failed: 0, pace: null, secondsLeft: null },
  });
  over = over
    .then(inLock)
    .catch((error: unknown) => change({ batchProblem: messageOf(error) }))
    .then(() => {
      run = null;
      inRun = [];
      // What was asked for while this run was ending has a turn of its own.
      if (!waiting) change({ batchProgress: null });
    });
}

/** Stops at once: results stay, what is being computed is given up. */
export function stop(): void {
  const { batch } = state();
  if (waiting) {
    waiting = null;
    if (!run) change({ batchProgress: null });
    if (batch) void record(batch.id, { stopped: true });
  }
  run?.stop();
}

/** Stops, and waits until nothing is computed any more. */
export async function stopRun(): Promise<void> {
  stop();
  await over;
}

function join(to: BatchRun<BatchRow>, listings: readonly Listing[]): void {
  for (const { entry, list } of listings) {
    inRun.push(entry);
    to.add(keeping(list));
  }
}

async function inLock(): Promise<void> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return runWaiting();
  let asked = true;
  const work = async (lock: Lock | null) => {
    asked = false;
    if (lock) return runWaiting();
    waiting = null;
    change({ batchProblem: ELSEWHERE });
  };
  await locks.request(LOCK, { ifAvailable: true }, work).catch((error: unknown) => {
    // Where all storage is denied there are no locks either, and the run is kept in this tab only.
    if (asked && error instanceof DOMException && error.name === 'SecurityError') return runWaiting();
    waiting = null;
    throw error;
  });
}

/** Why this head cannot answer now, in words; null when it can. */
async function headProblem(batch: BatchInfo): Promise<string | null> {
  const { labels, settings, setLabels, heads } = state();
  const { head } = batch;
  if (typeof head === 'object') {
    if (heads.some(({ id }) => id === head.id)) return null;
    return `The classifier of this batch, “${batch.headName}”, is not open here: open its project or import it, then go on.`;
  }
  if (head === 'none' || labels.status === 'ready') return null;
  const loaded = await engine.loadLabels(settings.labelsUrl ? { url: settings.labelsUrl } : undefined, true);
  setLabels(loaded);
  if (loaded.status === 'ready') return null;
  if (loaded.status !== 'unavailable') {
    return 'The ImageNet labels are slow to come: nothing was heard from the network for some seconds. Go on later, or choose other classes.';
  }
  return `${loaded.reason} Classes of your own work without them.`;
}

function newRun(batch: BatchInfo): BatchRun<BatchRow> {
  return new BatchRun<BatchRow>(
    {
      async analyse(photo, task) {
        const input = await toImageInput(photo.file, photo.file.name);
        const { pyramid } = state().settings;
        // An answer does not depend on the rule; the paper rule does not fit every size.
        const adaptive = { ...pyramid, rule: 'adaptive' as const };
        // No key: the engine keeps nothing of a photo that is done.
        const options = analyseOptions({ ...batchSettings(batch), pyramid: adaptive });
        return doneRow(photo, await engine.analyse(task, input, options), state().heads);
      },
      failed: (photo, error) => failedRow(photo, error, batch),
      cancel: (task) => void engine.cancel(task).catch(() => {}),
      listed: (found) => void record(batch.id, { total: sources.lacking ? null : found }),
      save: (row) => void keep((database) => database.save(batch.id, row)),
      report: (rows, batchProgress) =>
        change({ batchProgress, ...(rows.length > 0 ? { batchRows: [...state().batchRows, ...rows] } : {}) }),
    },
    state().batchRows.map(({ key }) => key),
  );
}

/** Runs until all that waits, and all that joins, is done or it is stopped. */
async function runWaiting(): Promise<void> {
  const { batch } = state();
  const problem = batch && waiting && (await headProblem(batch));
  // Null by now where it was stopped meanwhile.
  const listings = waiting;
  waiting = null;
  if (!batch || !listings) return;
  if (problem) return change({ batchProblem: problem });
  run = newRun(batch);
  void record(batch.id, { stopped: false });
  join(run, listings);
  const end = await run.ended;
  if (end.how === 'halted') change({ batchProblem: end.error.message });
  if (end.how !== 'finished') return record(batch.id, { stopped: true });
  for (const entry of inRun) entry.complete = true;
  change(sources.readiness());
  await keep((database) => database.change(batch.id, { sources: sources.kept() }));
}
