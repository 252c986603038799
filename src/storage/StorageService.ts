import type { UnsavedChanges, SaveOutcome } from './projects/unsavedChanges.ts';
import { exportProject, type Imported, importProject } from './projects/importExport.ts';
import { type Files, MemoryFiles } from './projects/files.ts';
import { IdbFiles } from './projects/idbFiles.ts';
import { IdbRecords, openDatabase } from './projects/idbRecords.ts';
import { MemoryRecords } from './projects/memoryRecords.ts';
import { OpfsFiles } from './projects/opfsFiles.ts';
import { type LoadedProject, ProjectStorage } from './projects/ProjectStorage.ts';
import { isFull } from './projects/storageErrors.ts';
import { withLock } from './withLock.ts';
import type { ProjectSummary } from './projects/summaries.ts';

const DATABASE = 'anysize';
/** Held while a visit's exports may still be downloading. */
const EXPORTS_LOCK = 'anysize-exports';

/** Where things are kept. */
export interface StorageState {
  /** False where they end with the page. */
  durable: boolean;
  /** Why they are not kept, in words; null when they are. */
  reason: string | null;
}

interface Open {
  storage: ProjectStorage;
  exports: Files;
  state: StorageState;
}

async function open(): Promise<Open> {
  try {
    const [database, files, exports] = await Promise.all([
      openDatabase(DATABASE),
      openFiles('files'),
      openFiles('exports'),
    ]);
    const storage = new ProjectStorage(new IdbRecords(database), files, () => giveUp(exports));
    // What earlier visits left over; nothing waits for it.
    void storage.purge().catch(() => {});
    void removeOldExports(exports).catch(() => {});
    return { storage, exports, state: { durable: true, reason: null } };
  } catch (error) {
    const why = error instanceof Error && error.name === 'StorageDenied' ? error.message : null;
    const reason = why ?? 'This browser does not let the page keep anything (a private window may be why).';
    const storage = new ProjectStorage(new MemoryRecords(), new MemoryFiles());
    return { storage, exports: new MemoryFiles(), state: { durable: false, reason } };
  }
}

/** Not every browser has a file system for pages. */
const hasFileSystem = () => typeof globalThis.navigator?.storage?.getDirectory === 'function';

async function openFiles(name: 'files' | 'exports'): Promise<Files> {
  return hasFileSystem() ? OpfsFiles.open(name) : IdbFiles.open(`${DATABASE}-${name}`);
}

/** Deletes what can be made again, for room: copies of project files, and vectors. */
async function giveUp(exports: Files): Promise<void> {
  for (const name of await exports.list()) await exports.delete(name).catch(() => {});
  if (!hasFileSystem()) return;
  const root = await navigator.storage.getDirectory();
  for await (const name of root.keys()) {
    // One that is being written stays; the engine computes again what it no longer finds.
    if (name.startsWith('vectors-')) await root.removeEntry(name, { recursive: true }).catch(() => {});
  }
}

/** Deletes the project files of earlier visits, unless another tab may be downloading one. */
function removeOldExports(exports: Files): Promise<void> {
  return withLock(EXPORTS_LOCK, { ifAvailable: true }, async (alone) => {
    if (alone) for (const name of await exports.list()) await exports.delete(name);
  });
}

/** From now until the page is closed, other tabs leave our exports alone. */
function holdExports(): Promise<void> {
  return new Promise((held) => {
    void withLock(EXPORTS_LOCK, { mode: 'shared' }, () => {
      held();
      return new Promise<never>(() => {});
    }).catch(() => held());
  });
}

/** Projects as the storage worker offers them to the page. Methods reject with named errors. */
export class StorageService {
  private readonly opened = open();
  private readonly tasks = new Map<string, AbortController>();
  private exporting: Promise<void> | null = null;

  async state(): Promise<StorageState> {
    return (await this.opened).state;
  }

  list = async (): Promise<ProjectSummary[]> => (await this.storage()).list();
  create = async (name: string | null): Promise<string> => (await this.storage()).create(name);
  rename = async (id: string, name: string): Promise<void> => (await this.storage()).rename(id, name);
  duplicate = async (id: string, name: string): Promise<string> => (await this.storage()).duplicate(id, name);
  delete = async (id: string): Promise<void> => (await this.storage()).delete(id);
  restore = async (id: string): Promise<void> => (await this.storage()).restore(id);
  purge = async (id: string): Promise<void> => (await this.storage()).purge(id);
  claim = async (id: string): Promise<string> => (await this.storage()).claim(id);
  tidy = async (id: string, writer: string): Promise<void> => (await this.storage()).tidy(id, writer);
  load = async (id: string): Promise<LoadedProject> => (await this.storage()).load(id);
  begin = async (
    id: string,
    writer: string,
    unsaved: UnsavedChanges,
    name: string | null,
  ): Promise<SaveOutcome & { name: string }> => (await this.storage()).begin(id, writer, unsaved, name);
  save = async (id: string, writer: string, unsaved: UnsavedChanges): Promise<SaveOutcome> =>
    (await this.storage()).save(id, writer, unsaved);
  photoParts = async (id: string, wanted: { id: number; file: string | null }[]) =>
    (await this.storage()).photoParts(id, wanted);

  /**
   * Writes a project file.
   * @param unsaved what could not be saved and goes out all the same; where the database has lost the project, all of it
   * @param handle where it goes; null for a file of our own, which is returned and lives until the next visit
   * @returns `left`: photos that were left out because their bytes are gone
   */
  async export(
    task: string,
    id: string,
    unsaved: UnsavedChanges | null,
    handle: FileSystemFileHandle | null,
    onProgress: (fraction: number) => void,
  ): Promise<{ file: File | null; left: number }> {
    const { storage, exports } = await this.opened;
    return this.run(task, async (signal) => {
      const options = { unsaved, onProgress, signal };
      if (handle) {
        const out: WritableStream<Uint8Array> = await handle.createWritable();
        return { file: null, left: await exportProject(storage, id, out, options) };
      }
      const through = async <T>(take: (zip: ReadableStream<Uint8Array<ArrayBuffer>>) => Promise<T>) => {
        const pipe = new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>();
        const [written, taken] = await Promise.allSettled([
          exportProject(storage, id, pipe.writable, options),
          take(pipe.readable),
        ]);
        // A full disk breaks the pipe: its error says more than the pipe's.
        if (taken.status === 'rejected' && isFull(taken.reason)) throw taken.reason;
        if (written.status === 'rejected') throw written.reason;
        if (taken.status === 'rejected') throw taken.reason;
        return { file: taken.value, left: written.value };
      };
      this.exporting ??= holdExports();
      await this.exporting;
      const name = `${crypto.randomUUID()}.zip`;
      try {
        const { left } = await through((zip) => exports.write(name, zip));
        return { file: await exports.read(name), left };
      } catch (error) {
        if (!isFull(error)) throw error;
        // Without room for a file of ours, one in the browser's temporary space.
        const { file, left } = await through((zip) => new Response(zip).blob());
        return { file: new File([file], name), left };
      }
    });
  }

  /** Reads a project file, or a plain zip of class folders, into a new project. */
  async import(task: string, zip: File, onProgress: (fraction: number) => void): Promise<Imported> {
    const storage = await this.storage();
    return this.run(task, (signal) => importProject(storage, zip, zip.name, { signal, onProgress }));
  }

  cancel(task: string): void {
    this.tasks.get(task)?.abort();
  }

  private async storage(): Promise<ProjectStorage> {
    return (await this.opened).storage;
  }

  private async run<T>(task: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.tasks.set(task, controller);
    try {
      return await work(controller.signal);
    } finally {
      this.tasks.delete(task);
    }
  }
}
