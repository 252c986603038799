import type { BatchInfo, BatchRow } from '../../../core/batchModel.ts';
import { NO_BATCH } from '../../../store/batch.ts';
import { sortedByName } from '../../../store/batchView.ts';
import { useStore } from '../../../store/store.ts';
import type { BatchEntry } from './BatchRun.ts';
import type { SourceEntry } from './BatchSources.ts';
import { batchSettings, headName, settingsDiffer } from './batchSettings.ts';
import { keep, openDatabase, record, unkept } from './keptBatch.ts';
import { forgetPhotos, sources } from './photosAtHand.ts';
import { compute, isInRun, isRunning, stopRun } from './batchRunning.ts';
import { type BatchSource, peek } from './sources.ts';

/** Photos at the start of a list by which a folder is known again. */
const PEEK = 300;

/** Photos that were chosen, and the beginning of their list. */
interface Chosen {
  source: BatchSource;
  first: readonly BatchEntry[];
  list: AsyncIterable<BatchEntry>;
}

const state = useStore.getState;
const change = (changes: Parameters<ReturnType<typeof state>['changeBatch']>[0]) => state().changeBatch(changes);

/** Photos that wait for an answer to {@link BatchQuestion}. */
let asked: Chosen[] = [];
let opening: Promise<void> | null = null;
let turn: Promise<unknown> = Promise.resolve();

/** One change of the batch after the other: each begins with what the one before has left. */
function inTurn(work: () => Promise<void>): Promise<void> {
  const done = turn.then(work);
  turn = done.catch(() => {});
  return done;
}

/** Fetches what is left of an earlier visit, once; goes on by itself where its folders may still be read. */
export function openBatch(): Promise<void> {
  opening ??= inTurn(open).catch((error: unknown) => {
    unkept(error);
    change({ batchOpened: true });
  });
  return opening;
}

async function open(): Promise<void> {
  const database = await openDatabase();
  const found = await database.current();
  if (!found) return change({ batchOpened: true });
  const { sources: kept, ...batch } = found;
  const rows: BatchRow[] = [];
  for await (const some of database.results(batch.id)) rows.push(...some);
  const unfinished = batch.total === null || rows.length < batch.total;
  // What was told to be all of it, and is all there, is done, whatever was kept of its sources.
  sources.open(unfinished ? kept : kept.map((source) => ({ ...source, complete: true })));
  await sources.bringBack(sources.unfinished, false);
  // In about the order in which they came: folders are listed by name.
  change({ batchOpened: true, batch, batchRows: await sortedByName(rows) });
  tellPhotos();
  if (unfinished && !batch.stopped) list(sources.unfinished);
}

function tellPhotos(): void {
  change(sources.readiness());
}

/** Lists these sources anew, as far as they can be read, and computes what has no result. */
function list(entries: readonly SourceEntry[]): void {
  const listings = entries.flatMap((entry) => (entry.source ? [{ entry, list: entry.source.files() }] : []));
  if (listings.length > 0) compute(listings);
}

/** Photos that a person dropped or picked: a new batch, more of this one, or a question. */
export async function takePhotos(chosen: BatchSource | Promise<BatchSource>): Promise<void> {
  change({ batchListing: true, batchProblem: null });
  try {
    const source = await chosen;
    await openBatch();
    const { first, all } = await peek(source.files(), PEEK);
    if (first.length === 0) change({ batchProblem: 'There are no photos in what was chosen.' });
    else await inTurn(() => place({ source, first, list: all }));
  } finally {
    change({ batchListing: false });
  }
}

async function place(chosen: Chosen): Promise<void> {
  const { batch, batchRows, settings } = state();
  if (!batch) return begin([chosen]);
  const known = new Set(batchRows.map(({ key }) => key));
  const same = known.size === 0 || chosen.first.some(({ key }) => known.has(key));
  if (isRunning() || (same && !settingsDiffer(batch, settings))) return accept(batch, chosen);
  asked.push(chosen);
  change({ batchQuestion: settingsDiffer(batch, settings) ? 'settings' : 'photos' });
}

/** The answer to the question: into the batch as it is, into a new one, or not at all. */
export function answerQuestion(answer: 'this' | 'new' | 'neither'): Promise<void> {
  return inTurn(async () => {
    const { batch, changeSettings } = state();
    const chosen = asked;
    asked = [];
    change({ batchQuestion: null });
    if (chosen.length === 0 || answer === 'neither') return;
    if (answer === 'new' || !batch) return begin(chosen);
    changeSettings(batchSettings(batch));
    for (const one of chosen) await accept(batch, one);
  });
}

/** A new batch, with the settings chosen now; the one before goes. */
async function begin(chosen: readonly Chosen[]): Promise<void> {
  await stopRun();
  forgetPhotos();
  const listings = [];
  for (const { source, first, list } of chosen) listings.push({ entry: await sources.add(source, first, []), list });
  await replaceBatch(chosen[0]?.source.folder ?? null);
  compute(listings);
}

/** Puts a batch without results in the place of the one that there is. */
async function replaceBatch(folder: string | null): Promise<void> {
  const { head, policy, minSide, scales } = state().settings;
  const batch: BatchInfo = {
    id: crypto.randomUUID(),
    created: new Date().toISOString(),
    head,
    headName: headName(head),
    policy,
    minSide,
    scales: [...scales],
    folder,
    total: null,
    stopped: false,
  };
  const { batchFilter, batchSelected, batchLabelled } = NO_BATCH;
  change({ batch, batchRows: [], batchFilter, batchSelected, batchLabelled, batchProblem: null });
  tellPhotos();
  await keep((database) => database.begin({ ...batch, sources: sources.kept() }));
}

/** More photos of the batch that there is; those with a result are not computed again, and what was unfinished goes on with them. */
async function accept({ id }: BatchInfo, { source, first, list: photos }: Chosen): Promise<void> {
  const added = await sources.add(source, first, state().batchRows);
  await sources.bringBack(sources.unfinished, false);
  change({ batchProblem: null });
  compute([{ entry: added, list: photos }]);
  list(sources.unfinished.filter((entry) => !isInRun(entry)));
  tellPhotos();
  // Until everything has been listed, nobody knows how many photos there are.
  await record(id, { total: null });
  await keepSources(id);
}

async function keepSources(id: string): Promise<void> {
  await keep((database) => database.change(id, { sources: sources.kept() }));
}

/** Goes on with a batch that was stopped or left; may ask for the permission to read its folders. */
export function goOn(): Promise<void> {
  return inTurn(async () => {
    if (isRunning()) return;
    await sources.bringBack(sources.unfinished, true);
    tellPhotos();
    list(sources.unfinished);
  });
}

/** Computes once more what could not be read, as far as its photos can be had; may ask for the permission to read its folders. */
export function retryFailed(): Promise<void> {
  return inTurn(async () => {
    const { batch } = state();
    if (!batch || isRunning()) return;
    await sources.bringBack(sources.all, true);
    const isTried = ({ status, path }: BatchRow) => status === 'failed' && !sources.isAway(path);
    const tried = state().batchRows.filter(isTried);
    if (tried.length === 0) {
      tellPhotos();
      return change({ batchProblem: 'The page may not read these photos: choose their folder again, then try again.' });
    }
    change({ batchRows: state().batchRows.filter((row) => !isTried(row)), batchSelected: new Set() });
    // Not complete without them, also where this is stopped.
    for (const entry of sources.all) if (entry.source) entry.complete = false;
    tellPhotos();
    await keep((database) =>
      database.forget(
        batch.id,
        tried.map(({ key }) => key),
      ),
    );
    await keepSources(batch.id);
    list(sources.all);
  });
}

/** Over the same photos with the settings chosen now, where they can be had; else only the results go. May ask for the permission to read folders. */
export function beginAgain(): Promise<void> {
  return inTurn(async () => {
    await sources.bringBack(sources.all, true);
    if (!sources.all.some(({ source }) => source)) return clear();
    await stopRun();
    for (const entry of sources.all) entry.complete = false;
    await replaceBatch(state().batch?.folder ?? null);
    list(sources.all);
  });
}

export function clearBatch(): Promise<void> {
  return inTurn(clear);
}

async function clear(): Promise<void> {
  await stopRun();
  forgetPhotos();
  asked = [];
  change({ ...NO_BATCH, batchOpened: true, batchUnkept: state().batchUnkept });
  await keep((database) => database.clear());
}
