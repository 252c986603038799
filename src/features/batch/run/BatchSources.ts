import type { BatchPhotos } from '../../../store/batch.ts';
import type { BatchEntry } from './BatchRun.ts';
import { mayRead } from './permission.ts';
import { type BatchSource, folderSource, topFolder } from './sources.ts';

/** What is kept of a source of the batch for the next visit. */
export interface KeptSource {
  /** The outermost folders of its photos; null among them for loose ones. */
  folders: readonly (string | null)[];
  handle: FileSystemDirectoryHandle | null;
  /** It has been listed to its end, and every photo in it has a result. */
  complete: boolean;
}

/** A source of the batch: of this visit, or of an earlier one whose photos may have to be asked for. */
export interface SourceEntry extends KeptSource {
  /** Null while its photos cannot be read: it is away. */
  source: BatchSource | null;
  /** The person was asked and said no: it can only be chosen again. */
  refused: boolean;
}

type Known = Pick<BatchEntry, 'key' | 'path'>;

/** All that a batch is of, so that a source which cannot be read now is not taken for done. */
export class BatchSources {
  private entries: SourceEntry[] = [];

  /** Takes up what is left of an earlier visit. */
  open(kept: readonly KeptSource[]): void {
    this.entries = kept.map((one) => ({ ...one, source: null, refused: false }));
  }

  clear(): void {
    this.entries = [];
  }

  get all(): readonly SourceEntry[] {
    return this.entries;
  }

  get handles(): readonly FileSystemDirectoryHandle[] {
    return this.entries.flatMap(({ handle }) => handle ?? []);
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
