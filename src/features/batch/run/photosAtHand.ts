import type { BatchRow } from '../../../core/batchModel.ts';
import { type BatchEntry, isUnopened } from './BatchRun.ts';
import { BatchSources } from './BatchSources.ts';
import { fileInFolder, keyOf, unopenedKey } from './sources.ts';

/** What the batch is of, as far as this visit has it, outside the store: it holds plain data only. */
export const sources = new BatchSources();
const files = new Map<string, File>();

export function forgetPhotos(): void {
  files.clear();
  sources.clear();
}

/** Passes a list on and keeps its files at hand, so that a result can be opened. */
export async function* keeping(list: AsyncIterable<BatchEntry>): AsyncGenerator<BatchEntry> {
  for await (const entry of list) {
    if (!isUnopened(entry)) files.set(entry.key, entry.file);
    yield entry;
  }
}

/**
 * The file behind a result.
 * @throws an error in words where its folder has to be chosen again first, or where it is no longer there as it was
 */
export async function photoOf(row: Pick<BatchRow, 'key' | 'path' | 'name'>): Promise<File> {
  const here = files.get(row.key);
  if (here) return here;
  let changed = false;
  // Two folders may have one name and hold other photos at the same path: the cards of two cameras do.
  for (const folder of sources.handles) {
    const file = await fileInFolder(folder, row.path).catch(() => null);
    if (!file) continue;
    if (row.key === keyOf(row.path, file) || row.key === unopenedKey(row.path)) return file;
    changed = true;
  }
  if (changed) throw new Error(`“${row.name}” has been changed since it was computed.`);
  throw new Error(`“${row.name}” is not at hand: choose its folder again.`);
}
