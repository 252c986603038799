import type { BatchPhotos } from '../../../store/batch.ts';
import type { BatchRow } from '../../../core/batchModel.ts';
import type { KeptSource } from '../../../storage/batch/BatchDatabase.ts';
import { type BatchEntry, isUnopened } from './BatchRun.ts';
import { mayRead } from './permission.ts';
import { type BatchSource, fileInFolder, folderSource, keyOf, topFolder, unopenedKey } from './sources.ts';

/** A source of the batch: of this visit, or of an earlier one whose photos may have to be asked for. */
export interface SourceEntry extends KeptSource {
  /** Null while its photos cannot be read: it is away. */
  source: BatchSource | null;
  /** The person was asked and said no: it can only be chosen again. */
  refused: boolean;
}

type Known = Pick<BatchEntry, 'key' | 'path'>;

/** All that a batch is of, so that a source which cannot be read now is not taken for done; and its files, as far as this visit has them. */
export class BatchSources {
  private entries: SourceEntry[] = [];
  private readonly files = new Map<string, File>();

  /** Takes up what is left of an earlier visit. */
  open(kept: readonly KeptSource[]): void {
    this.entries = kept.map((one) => ({ ...one, source: null, refused: false }));
  }

  clear(): void {
    this.entries = [];
    this.files.clear();
  }

  get all(): readonly SourceEntry[] {
    return this.entries;
  }

  kept(): KeptSource[] {
    return this.entries.map(({ folders, handle, complete }) => ({ folders, handle, complete }));
  }

  /** What going on goes on with: the sources that are not complete; all of them where results are missing all the same. */
  get unfinished(): readonly SourceEntry[] {
    const open = this.entries.filter(({ complete }) => !complete);
    return open.length > 0 ? open : this.entries;
  }

  /** Whether going on can begin at once, after a question, or once folders are chosen again, and which ones. */
  readiness(): { batchPhotos: BatchPhotos; batchAwaited: (string | null)[] } {
    const away = this.unfinished.filter(({ source }) => !source);
    const batchAwaited = away.flatMap(({ folders }) => folders);
    if (away.some(({ handle, refused }) => handle && !refused)) return { batchPhotos: 'ask', batchAwaited };
    const open = this.entries.some(({ source, complete }) => source && !complete);
    const here = open || (away.length === 0 && this.entries.length > 0);
    return { batchPhotos: here ? 'here' : 'choose', batchAwaited };
  }

  /** True while photos without a result may lie where they cannot be read. */
  get lacking(): boolean {
    return this.entries.some(({ complete, source }) => !complete && !source);
  }

  /** Whether a photo of the batch is in a source that is away. */
  isAway(path: string): boolean {
    return this.entries.some((entry) => !entry.source && entry.folders.includes(topFolder(path)));
  }

  /** Passes a list on and keeps its files at hand, so that a result can be opened. */
  async *keeping(list: AsyncIterable<BatchEntry>): AsyncGenerator<BatchEntry> {
    for await (const entry of list) {
      if (!isUnopened(entry)) this.files.set(entry.key, entry.file);
      yield entry;
    }
  }

  /**
   * The file behind a result.
   * @throws an error in words where its folder has to be chosen again first, or where it is no longer there as it was
   */
  async photoOf(row: Pick<BatchRow, 'key' | 'path' | 'name'>): Promise<File> {
    const here = this.files.get(row.key);
    if (here) return here;
    let changed = false;
    // Two folders may have one name and hold other photos at the same path: the cards of two cameras do.
    for (const { handle } of this.entries) {
      const file = handle && (await fileInFolder(handle, row.path).catch(() => null));
      if (!file) continue;
      if (row.key === keyOf(row.path, file) || row.key === unopenedKey(row.path)) return file;
      changed = true;
    }
    if (changed) throw new Error(`“${row.name}” has been changed since it was computed.`);
    throw new Error(`“${row.name}” is not at hand: choose its folder again.`);
  }

  /** Makes folders of an earlier visit readable, as far as the browser allows; asks the person where `ask` (only in an answer to a click). */
  async bringBack(entries: readonly SourceEntry[], ask: boolean): Promise<void> {
    for (const entry of entries) {
      if (entry.source || !entry.handle) continue;
      if (await mayRead([entry.handle], ask)) entry.source = folderSource(entry.handle);
      else if (ask) entry.refused = true;
    }
  }

  /**
   * Adds a source; what it brings back of those that are away is no longer missed there.
   * @param first the beginning of its list
   * @param results what the batch has results of
   */
  async add(source: BatchSource, first: readonly Known[], results: readonly Known[]): Promise<SourceEntry> {
    const { folders, handle } = source;
    const same = await this.byHandle(handle);
    if (same) return Object.assign(same, { source, complete: false, refused: false });
    this.bringBackByPhotos(folders, first, results);
    const added = { folders, handle, complete: false, source, refused: false };
    this.entries.push(added);
    return added;
  }

  private async byHandle(handle: FileSystemDirectoryHandle | null): Promise<SourceEntry | null> {
    if (!handle) return null;
    for (const entry of this.entries) if (await entry.handle?.isSameEntry(handle)) return entry;
    return null;
  }

  /** A folder that is away is known again by its name and a photo with a result; by its name alone where it has no result and no handle. */
  private bringBackByPhotos(
    folders: readonly (string | null)[],
    first: readonly Known[],
    results: readonly Known[],
  ): void {
    const known = new Set(results.map(({ key }) => key));
    const again = first.some(({ key }) => known.has(key));
    const without = new Set(folders.filter((name) => !results.some(({ path }) => topFolder(path) === name)));
    const isBack = (entry: SourceEntry, name: string | null) =>
      folders.includes(name) && (again || (!entry.handle && without.has(name)));
    this.entries = this.entries.flatMap((entry) => {
      if (entry.source) return [entry];
      const left = entry.folders.filter((name) => !isBack(entry, name));
      // The entry itself stays the same object: a run may have it.
      return left.length > 0 ? [Object.assign(entry, { folders: left })] : [];
    });
  }
}
