import { engine } from '../../engine/client.ts';
import { messageOf } from '../../engine/errors.ts';
import { toImageInput } from '../../engine/imageInput.ts';
import type { HeadChoice } from '../../engine/protocol.ts';
import { analyseOptions } from '../../store/analyseOptions.ts';
import { type BatchInfo, type BatchRow, NO_BATCH } from '../../store/batch.ts';
import { rowSorter } from '../../store/batchView.ts';
import { sameHead, samePolicy } from '../../store/freshness.ts';
import type { Settings } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { BatchDatabase, type BatchRecord } from './BatchDatabase.ts';
import { type BatchFile, BatchRun } from './BatchRun.ts';
import { mayRead } from './permission.ts';
import { earlierFolders, forgetPhotos, keepFolders, keeping, keepSource, knownSources } from './photosAtHand.ts';
import { doneRow, failedRow } from './rows.ts';
import { type BatchSource, folderSource, peek } from './sources.ts';

/** Photos at the start of a list by which a folder is known again. */
const PEEK = 300;
const LOCK = 'anysize-batch';

const state = useStore.getState;
const change = (changes: Parameters<ReturnType<typeof state>['changeBatch']>[0]) => state().changeBatch(changes);

let database: BatchDatabase | null = null;
let run: BatchRun<BatchRow> | null = null;
/** Photos that wait for an answer to {@link BatchQuestion}. */
let asked: { source: BatchSource; list: AsyncIterable<BatchFile> } | null = null;
let opening: Promise<void> | null = null;
/** Settles when the latest run is over and its end is kept. */
let over: Promise<unknown> = Promise.resolve();

function unkept(error: unknown): void {
  change({ batchUnkept: `Results are not kept for the next visit: ${messageOf(error)}` });
}

/** Fetches what is left of an earlier visit, once; goes on by itself where the folder may still be read. */
export function openBatch(): Promise<void> {
  opening ??= open().catch((error: unknown) => {
    unkept(error);
    change({ batchOpened: true });
  });
  return opening;
}

async function open(): Promise<void> {
  database = await BatchDatabase.open();
  const record = await database.current();
  if (!record) return change({ batchOpened: true });
  const { handles, ...batch } = record;
  const rows: BatchRow[] = [];
  for await (const some of database.results(batch.id)) rows.push(...some);
  keepFolders(handles);
  const readable = await mayRead(handles, false);
  const batchPhotos = readable ? 'here' : handles.length > 0 ? 'ask' : 'choose';
  // In about the order in which they came: folders are listed by name.
  const batchRows = rowSorter()(rows, { by: 'name', descending: false });
  change({ batchOpened: true, batch, batchRows, batchPhotos });
  const unfinished = batch.total === null || rows.length < batch.total;
  if (readable && unfinished && !batch.stopped) await goOn();
}

/** The name of a head, for people. */
export function headName(head: HeadChoice): string {
  if (head === 'imagenet') return 'ImageNet labels';
  if (head === 'none') return 'no classes';
  return state().heads.find(({ id }) => id === head.id)?.name ?? 'a classifier that is no longer here';
}

/** The settings that decide a batch's answers. */
type AnswerSettings = Pick<Settings, 'head' | 'policy' | 'minSide' | 'scales'>;

/** What a batch is made with, as settings. */
export function batchSettings({ head, policy, minSide = 0, scales = [] }: BatchInfo): AnswerSettings {
  return { head, policy, minSide, scales: [...scales] };
}

/** True when other settings are chosen now than those that the batch is made with. */
export function settingsDiffer(batch: BatchInfo, now: AnswerSettings): boolean {
  const made = batchSettings(batch);
  if (!sameHead(made.head, now.head) || !samePolicy(made.policy, now.policy)) return true;
  if (made.minSide !== now.minSide) return true;
  // Without classes there is nothing to average.
  return made.head !== 'none' && made.scales.join() !== now.scales.join();
}

/** Photos that a person dropped or picked: a new batch, more of this one, or a question. */
export async function takePhotos(chosen: BatchSource | Promise<BatchSource>): Promise<void> {
  change({ batchListing: true, batchProblem: null });
  try {
    const source = await chosen;
    await openBatch();
    const { first, all } = await peek(source.files(), PEEK);
    if (first.length === 0) change({ batchProblem: 'There are no photos in what was chosen.' });
    else await place(source, first, all);
  } finally {
    change({ batchListing: false });
  }
}

/** @param first the beginning of `list` */
async function place(source: BatchSource, first: readonly BatchFile[], list: AsyncIterable<BatchFile>): Promise<void> {
  const { batch, batchRows, settings } = state();
  if (!batch) return begin(source, list);
  const known = new Set(batchRows.map(({ key }) => key));
  const same = known.size === 0 || first.some(({ key }) => known.has(key));
  if (run || (same && !settingsDiffer(batch, settings))) return accept(source, list);
  asked = { source, list };
  change({ batchQuestion: settingsDiffer(batch, settings) ? 'settings' : 'photos' });
}

/** The answer to the question: into the batch as it is, into a new one, or not at all. */
export async function answerQuestion(answer: 'this' | 'new' | 'neither'): Promise<void> {
  const { batch, changeSettings } = state();
  const waiting = asked;
  asked = null;
  change({ batchQuestion: null });
  if (!waiting || answer === 'neither') return;
  if (answer === 'new') return begin(waiting.source, waiting.list);
  if (batch) changeSettings(batchSettings(batch));
  await accept(waiting.source, waiting.list);
}

/** A new batch, with the settings chosen now; the one before goes. */
async function begin(source: BatchSource, list: AsyncIterable<BatchFile>): Promise<void> {
  await stopRun();
  forgetPhotos();
  const { head, policy, minSide, scales } = state().settings;
  const batch: BatchInfo = {
    id: crypto.randomUUID(),
    created: new Date().toISOString(),
    head,
    headName: headName(head),
    policy,
    minSide,
    scales: [...scales],
    folder: source.folder,
    total: null,
    stopped: false,
  };
  const { batchFilter, batchSelected, batchLabelled } = NO_BATCH;
  change({ batch, batchRows: [], batchFilter, batchSelected, batchLabelled, batchProblem: null });
  const record: BatchRecord = { ...batch, handles: source.handle ? [source.handle] : [] };
  await database?.begin(record).catch(unkept);
  keepSource(source);
  change({ batchPhotos: 'here' });
  start([list]);
}

/** More photos of the batch that there is; those with a result are not computed again. */
async function accept(source: BatchSource, list: AsyncIterable<BatchFile>): Promise<void> {
  const { batch } = state();
  if (!batch) return;
  keepSource(source);
  const handles = knownSources().flatMap(({ handle }) => handle ?? []);
  if (handles.length > 0) await database?.change(batch.id, { handles }).catch(unkept);
  change({ batchPhotos: 'here', batchProblem: null });
  if (run) run.add(keeping(list));
  else start([list]);
}

/** Goes on with a batch that was stopped or left; may ask for the permission to read its folders. */
export async function goOn(): Promise<void> {
  if (knownSources().length === 0) {
    if (!(await mayRead(earlierFolders(), true))) return change({ batchPhotos: 'choose' });
    for (const folder of earlierFolders()) keepSource(folderSource(folder));
    change({ batchPhotos: 'here' });
  }
  start(knownSources().map((source) => source.files()));
}

/** Computes once more what could not be read. */
export async function retryFailed(): Promise<void> {
  const { batch, batchRows } = state();
  if (!batch || run) return;
  const failed = batchRows.filter(({ status }) => status === 'failed').map(({ key }) => key);
  change({ batchRows: batchRows.filter(({ status }) => status !== 'failed'), batchSelected: new Set() });
  await database?.forget(batch.id, failed).catch(unkept);
  await goOn();
}

/** Over the same photos with the settings chosen now, where they are at hand; else only the results go. */
export async function beginAgain(): Promise<void> {
  const sources = knownSources();
  const [first, ...more] = sources;
  if (!first) return clearBatch();
  await begin(first, first.files());
  for (const source of more) await accept(source, source.files());
}

export async function clearBatch(): Promise<void> {
  await stopRun();
  forgetPhotos();
  asked = null;
  change({ ...NO_BATCH, batchOpened: true, batchUnkept: state().batchUnkept });
  await database?.clear().catch(unkept);
}

export function stop(): void {
  run?.stop();
}

async function stopRun(): Promise<void> {
  run?.stop();
  await over;
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
  const loaded = await engine.loadLabels(settings.labelsUrl ? { url: settings.labelsUrl } : undefined);
  setLabels(loaded);
  if (loaded.status !== 'unavailable') return null;
  return `The ImageNet labels could not be fetched (${loaded.reason}). Try again, or choose other classes.`;
}

/** Runs until all is done or it is stopped; only one tab at a time. */
function start(lists: AsyncIterable<BatchFile>[]): void {
  if (run) return;
  const locks = navigator.locks as LockManager | undefined;
  let asked = true;
  const work = (lock: unknown) => {
    asked = false;
    return lock ? runLists(lists) : elsewhere();
  };
  // The lock is held until the run ends, and this does not wait for that.
  over = (locks ? locks.request(LOCK, { ifAvailable: true }, work) : work(true))
    .catch((error: unknown) => {
      // Where all storage is denied there are no locks either, and the run is kept in this tab only.
      if (asked && error instanceof DOMException && error.name === 'SecurityError') return work(true);
      throw error;
    })
    .catch((error: unknown) => change({ batchProblem: messageOf(error), batchProgress: null }));
}

async function elsewhere(): Promise<void> {
  change({ batchProblem: 'A batch is running in another tab of this page. Stop it there, or wait until it is done.' });
}

async function runLists(lists: AsyncIterable<BatchFile>[]): Promise<void> {
  const { batch, batchRows } = state();
  if (!batch || run) return;
  const now = new BatchRun<BatchRow>(
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
      listed: (found) => void record(batch.id, { total: found, stopped: false }),
      save: (row) => void database?.save(batch.id, row).catch(unkept),
      report: (rows, batchProgress) =>
        change({ batchProgress, ...(rows.length > 0 ? { batchRows: [...state().batchRows, ...rows] } : {}) }),
    },
    batchRows.map(({ key }) => key),
  );
  run = now;
  const waiting = { listing: true, found: batchRows.length, finished: batchRows.length, rate: null, secondsLeft: null };
  change({ batchProblem: null, batchProgress: waiting });
  void record(batch.id, { stopped: false });
  try {
    const problem = await headProblem(batch);
    if (problem) {
      change({ batchProblem: problem });
      return;
    }
    for (const list of lists) now.add(keeping(list));
    const end = await now.ended;
    if (end.how === 'halted') change({ batchProblem: end.error.message });
    if (end.how !== 'finished') await record(batch.id, { stopped: true });
  } finally {
    run = null;
    change({ batchProgress: null });
  }
}

/** Keeps how far the batch has come. */
async function record(id: string, changes: Partial<Pick<BatchInfo, 'total' | 'stopped'>>): Promise<void> {
  const { batch } = state();
  if (batch?.id !== id) return;
  change({ batch: { ...batch, ...changes } });
  await database?.change(id, changes).catch(unkept);
}
