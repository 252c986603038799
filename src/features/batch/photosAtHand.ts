import type { BatchRow } from '../../store/batch.ts';
import type { BatchFile } from './BatchRun.ts';
import { type BatchSource, fileInFolder, keyOf } from './sources.ts';

/** Files and folders of the batch as far as this visit has them, outside the store: it holds plain data only. */
const files = new Map<string, File>();
let sources: BatchSource[] = [];
/** Folders of an earlier visit, for which the browser may still have the permission. */
let folders: FileSystemDirectoryHandle[] = [];

export function keepSource(source: BatchSource): void {
  sources = [...sources, source];
}

export function knownSources(): readonly BatchSource[] {
  return sources;
}

export function keepFolders(handles: FileSystemDirectoryHandle[]): void {
  folders = handles;
}

export function earlierFolders(): readonly FileSystemDirectoryHandle[] {
  return folders;
}

export function forgetPhotos(): void {
  files.clear();
  sources = [];
  folders = [];
}

/** Passes a list on and keeps its files at hand, so that a result can be opened. */
export async function* keeping(list: AsyncIterable<BatchFile>): AsyncGenerator<BatchFile> {
  for await (const file of list) {
    files.set(file.key, file.file);
    yield file;
  }
}

/**
 * The file behind a result.
 * @throws an error in words where its folder has to be chosen again first, or where it is no longer there as it was
 */
export async function photoOf(row: Pick<BatchRow, 'key' | 'path' | 'name'>): Promise<File> {
  const here = files.get(row.key);
  if (here) return here;
  for (const folder of folders) {
    const file = await fileInFolder(folder, row.path).catch(() => null);
    if (file && keyOf(row.path, file) === row.key) return file;
    if (file) throw new Error(`“${row.name}” has been changed since it was computed.`);
  }
  throw new Error(`“${row.name}” is not at hand: choose its folder again.`);
}
