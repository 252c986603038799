import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { BatchInfo, BatchRow } from '../../core/batchModel.ts';

export const DATABASE = 'anysize-batch';
const VERSION = 1;
/** Rows read in one go: reading ten thousand at once would hold the page up. */
const READ = 250;

/** What is kept of a source of the batch for the next visit. */
export interface KeptSource {
  /** The outermost folders of its photos; null among them for loose ones. */
  folders: readonly (string | null)[];
  handle: FileSystemDirectoryHandle | null;
  /** It has been listed to its end, and every photo in it has a result. */
  complete: boolean;
}

/** The batch with what it is of, which only the database and the browser can hold. */
export interface BatchRecord extends BatchInfo {
  sources: KeptSource[];
}

/** As earlier versions of the page kept it: the folders with a handle, and no word on the others. */
interface OldRecord extends BatchInfo {
  handles: FileSystemDirectoryHandle[];
}

/** A result with its picture, where there is one. */
type KeptRow = BatchRow & { batch: string; thumbnail?: Blob };

interface Schema extends DBSchema {
  batches: { key: string; value: BatchRecord | OldRecord };
  /** Key: batch, then the photo's. */
  results: { key: [string, string]; value: KeptRow };
}

function upToDate(record: BatchRecord | OldRecord): BatchRecord {
  if ('sources' in record) return record;
  const { handles, ...batch } = record;
  const sources: KeptSource[] = handles.map((handle) => ({ folders: [handle.name], handle, complete: false }));
  // Without a name nobody can say what would have to be chosen again.
  if (handles.length === 0) sources.push({ folders: [batch.folder], handle: null, complete: batch.folder === null });
  return { ...batch, sources };
}

/** The batch and its results, kept as they come. There is one batch at a time. */
export class BatchDatabase {
  private constructor(private readonly database: IDBPDatabase<Schema>) {}

  /** @throws where the browser denies storage, or a newer version of the page has changed the schema */
  static async open(): Promise<BatchDatabase> {
    const database = await openDB<Schema>(DATABASE, VERSION, {
      upgrade(fresh, oldVersion) {
        if (oldVersion >= 1) return;
        fresh.createObjectStore('batches', { keyPath: 'id' });
        fresh.createObjectStore('results', { keyPath: ['batch', 'key'] });
      },
      // A newer page in another tab wants to change the schema: let it.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    return new BatchDatabase(database);
  }

  close(): void {
    this.database.close();
  }

  async current(): Promise<BatchRecord | null> {
    const all = await this.database.getAll('batches');
    const latest = all.toSorted((a, b) => (a.created < b.created ? 1 : -1))[0];
    return latest ? upToDate(latest) : null;
  }

  /**
   * The results of a batch, some at a time, by key.
   * @param onThumbnail given the pictures that were kept with them
   */
  async *results(
    batch: string,
    onThumbnail: (key: string, picture: Blob) => void = () => {},
  ): AsyncGenerator<BatchRow[]> {
    let after: string | null = null;
    for (;;) {
      const range = IDBKeyRange.bound([batch, after ?? ''], [batch, []], after !== null);
      const some: KeptRow[] = await this.database.getAll('results', range, READ);
      for (const { key, thumbnail } of some) if (thumbnail) onThumbnail(key, thumbnail);
      if (some.length > 0) yield some.map(({ batch: _batch, thumbnail: _thumbnail, ...row }) => row);
      if (some.length < READ) return;
      after = some.at(-1)?.key ?? null;
    }
  }

  /** Makes this the one batch: what was there before is deleted. */
  async begin(record: BatchRecord): Promise<void> {
    const change = this.database.transaction(['batches', 'results'], 'readwrite');
    await Promise.all([
      change.objectStore('batches').clear(),
      change.objectStore('results').clear(),
      change.objectStore('batches').put(record),
      change.done,
    ]);
  }

  /** Changes what is told of a batch; nothing where it is gone. */
  async change(id: string, changes: Partial<Omit<BatchRecord, 'id'>>): Promise<void> {
    const change = this.database.transaction('batches', 'readwrite');
    const record = await change.store.get(id);
    if (record) await change.store.put({ ...record, ...changes });
    await change.done;
  }

  /** Keeps one result, as long as its batch is still the one. */
  async save(batch: string, row: BatchRow, thumbnail?: Blob): Promise<void> {
    const change = this.database.transaction(['batches', 'results'], 'readwrite');
    if (await change.objectStore('batches').getKey(batch))
      await change.objectStore('results').put({ ...row, batch, ...(thumbnail && { thumbnail }) });
    await change.done;
  }

  /** Forgets results, so that they are computed again. */
  async forget(batch: string, keys: readonly string[]): Promise<void> {
    const change = this.database.transaction('results', 'readwrite');
    await Promise.all([...keys.map((key) => change.store.delete([batch, key])), change.done]);
  }

  async clear(): Promise<void> {
    const change = this.database.transaction(['batches', 'results'], 'readwrite');
    await Promise.all([change.objectStore('batches').clear(), change.objectStore('results').clear(), change.done]);
  }
}
