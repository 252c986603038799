import { isPhotoFile, isSystemName, naturalOrder } from '../../../core/photoFile.ts';
import { filesFromDataTransfer } from '../../../ui/files/droppedFiles.ts';
import { breather } from '../../../core/tasks/breather.ts';
import { sortInSlices } from '../../../core/tasks/sortInSlices.ts';
import { AnysizeError, messageOf } from '../../../core/errors.ts';
import type { BatchEntry, BatchFile, Unopened } from './BatchRun.ts';

/** Something that photos come from; it can be listed again and again. */
export interface BatchSource {
  /** The folder's name; null for loose photos. */
  folder: string | null;
  /** The outermost folders of its photos; null among them for loose ones. */
  folders: readonly (string | null)[];
  /** Where the browser gives one: survives a reload. */
  handle: FileSystemDirectoryHandle | null;
  files: () => AsyncIterable<BatchEntry>;
}

/** The same photo at the same place, unchanged, has the same key. */
export function keyOf(path: string, file: Pick<File, 'size' | 'lastModified'>): string {
  return `${path}\n${file.size}\n${file.lastModified}`;
}

/** The key of what could not be opened, so that nobody knows its size. */
export function unopenedKey(path: string): string {
  return `${path}\nunopened`;
}

/** The first part of a path; null where it has only one. */
export function topFolder(path: string): string | null {
  const end = path.indexOf('/');
  return end < 0 ? null : path.slice(0, end);
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function couldNotOpen(path: string, reason: unknown): AnysizeError {
  const what = `“${nameOf(path)}” could not be opened (${messageOf(reason)})`;
  return new AnysizeError(
    'UnreadableImage',
    `${what}. Check that it is there and that you may read it, then try again.`,
  );
}

function unopened(path: string, reason: unknown): Unopened {
  return { key: unopenedKey(path), path, error: couldNotOpen(path, reason) };
}

/**
 * Photos that were dropped or picked as a list.
 * @param failed what was among them and could not be opened
 */
export function filesSource(
  list: readonly { file: File; path: string }[],
  failed: readonly { path: string; reason: unknown }[] = [],
): BatchSource {
  const photos = list.filter(({ file }) => isPhotoFile(file.name, file.type));
  const sorted = sortInSlices(photos, (a, b) => naturalOrder.compare(a.path, b.path));
  const folders = new Set([...photos, ...failed].map(({ path }) => topFolder(path)));
  const [folder = null] = folders;
  return {
    folder: folders.size === 1 ? folder : null,
    folders: [...folders],
    handle: null,
    async *files() {
      const breathe = breather();
      for (const { path, reason } of failed) yield unopened(path, reason);
      for (const { file, path } of await sorted) {
        // Asking thousands of files for their size takes a second or more.
        yield { key: keyOf(path, file), path, file };
        await breathe();
      }
    },
  };
}

/**
 * All photos in a folder and the folders in it, by name; a photo or a folder in it that cannot be opened is listed as such. The list throws where
 * the folder itself cannot be read.
 */
export function folderSource(handle: FileSystemDirectoryHandle): BatchSource {
  async function* files(): AsyncGenerator<BatchEntry> {
    const entries = await entriesOf(handle).catch((reason: unknown) => {
      throw couldNotOpen(handle.name, reason);
    });
    yield* walk(entries, `${handle.name}/`);
  }
  return { folder: handle.name, folders: [handle.name], handle, files };
}

type FolderEntry = FileSystemFileHandle | FileSystemDirectoryHandle;

async function entriesOf(folder: FileSystemDirectoryHandle): Promise<FolderEntry[]> {
  const entries: FolderEntry[] = [];
  for await (const entry of folder.values()) entries.push(entry);
  return entries.sort((a, b) => naturalOrder.compare(a.name, b.name));
}

async function* walk(entries: readonly FolderEntry[], folder: string): AsyncGenerator<BatchEntry> {
  for (const entry of entries) {
    const path = folder + entry.name;
    const isFolder = entry.kind === 'directory';
    if (isFolder ? isSystemName(entry.name) : !isPhotoFile(entry.name, '')) continue;
    try {
      if (isFolder) yield* walk(await entriesOf(entry), `${path}/`);
      else yield await photoAt(entry, path);
    } catch (reason) {
      yield unopened(path, reason);
    }
  }
}

async function photoAt(handle: FileSystemFileHandle, path: string): Promise<BatchFile> {
  const file = await handle.getFile();
  return { key: keyOf(path, file), path, file };
}

/**
 * The file of a photo in a folder, by the path that {@link folderSource} gave it.
 * @throws where the folder does not hold it
 */
export async function fileInFolder(folder: FileSystemDirectoryHandle, path: string): Promise<File> {
  const parts = path.split('/');
  const name = parts.pop();
  if (parts.shift() !== folder.name || name === undefined) throw new Error('It is not in this folder.');
  let at = folder;
  for (const part of parts) at = await at.getDirectoryHandle(part);
  return (await at.getFileHandle(name)).getFile();
}

/**
 * What was dropped: one folder as a handle, where the browser hands out one that it knows again after a reload; else a list of all files in it.
 * To be called in the drop event itself: the browser empties the list afterwards.
 * @throws where the folder cannot be opened
 */
export async function droppedSource({ items }: DataTransfer): Promise<BatchSource> {
  const [item, ...more] = items;
  const alone = item && more.length === 0 && item.webkitGetAsEntry?.()?.isDirectory;
  const asked = alone ? item.getAsFileSystemHandle?.() : undefined;
  if (!asked) return listed(items);
  const handle = await asked;
  if (handle instanceof FileSystemDirectoryHandle) return folderSource(handle);
  throw new Error('The folder could not be opened. Choose it with the button.');
}

async function listed(items: DataTransferItemList): Promise<BatchSource> {
  const failed: { path: string; reason: unknown }[] = [];
  const files = await filesFromDataTransfer(items, (path, reason) => failed.push({ path, reason }));
  return filesSource(files, failed);
}

/** The first photos of a list, and the whole list all the same. */
export async function peek(
  list: AsyncIterable<BatchEntry>,
  count: number,
): Promise<{ first: BatchEntry[]; all: AsyncIterable<BatchEntry> }> {
  const iterator = list[Symbol.asyncIterator]();
  const first: BatchEntry[] = [];
  while (first.length < count) {
    const { value, done } = await iterator.next();
    if (done) break;
    first.push(value as BatchEntry);
  }
  async function* all() {
    yield* first;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { first, all: all() };
}
