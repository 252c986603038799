import { safeName, untakenName } from '../../../formats/safeName.ts';
import { type BatchRow, rowLabel } from '../../../core/batchModel.ts';

export interface WriteParts {
  photoOf: (row: BatchRow) => Promise<File>;
  onProgress: (done: number, total: number) => void;
  signal: AbortSignal;
}

export interface WriteOutcome {
  /** Name of the new folder. */
  folder: string;
  written: number;
  /** Names of photos that could not be read or written. */
  missing: string[];
}

const UNKNOWN = 'unknown';
const NO_CLASS = 'no class';

function folderOf(row: BatchRow): string {
  if (row.unknown) return UNKNOWN;
  return safeName(rowLabel(row) ?? NO_CLASS);
}

/** A folder that is not there yet: nothing of the person's is ever written over. */
async function newFolder(parent: FileSystemDirectoryHandle, name: string): Promise<FileSystemDirectoryHandle> {
  const taken = new Set<string>();
  for await (const key of parent.keys()) taken.add(key.toLowerCase());
  return parent.getDirectoryHandle(untakenName(name, taken), { create: true });
}

/**
 * Copies the photos of a batch into a new folder in `parent`, in a folder for each class. Names are made safe for every system; photos of one
 * name from several folders are numbered. Photos that could not be computed are left out.
 * @throws where a folder cannot be made; `signal`'s reason when it is cancelled (what is written by then stays)
 */
export async function writeFolders(
  parent: FileSystemDirectoryHandle,
  rows: readonly BatchRow[],
  { photoOf, onProgress, signal }: WriteParts,
): Promise<WriteOutcome> {
  const done = rows.filter(({ status }) => status === 'done');
  const root = await newFolder(parent, 'sorted by class');
  const classes = new Map<string, { folder: FileSystemDirectoryHandle; taken: Set<string> }>();
  const outcome: WriteOutcome = { folder: root.name, written: 0, missing: [] };
  for (const [i, row] of done.entries()) {
    signal.throwIfAborted();
    onProgress(i, done.length);
    const name = folderOf(row);
    // Two labels that differ in case only share a folder on some systems, so they share it everywhere.
    const key = name.toLowerCase();
    const place = classes.get(key) ?? {
      folder: await root.getDirectoryHandle(name, { create: true }),
      taken: new Set<string>(),
    };
    classes.set(key, place);
    try {
      const file = await photoOf(row);
      const handle = await place.folder.getFileHandle(untakenName(safeName(row.name), place.taken), { create: true });
      await file.stream().pipeTo(await handle.createWritable(), { signal });
      outcome.written++;
    } catch (error) {
      signal.throwIfAborted();
      // Out of space, or no longer permitted: the next one will not do better.
      if (error instanceof DOMException && /^(QuotaExceeded|NotAllowed|NoModificationAllowed)Error$/.test(error.name)) {
        throw error;
      }
      outcome.missing.push(row.name);
    }
  }
  onProgress(done.length, done.length);
  return outcome;
}
