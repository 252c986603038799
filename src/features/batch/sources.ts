import { isPhotoFile, isSystemName } from '../../formats/photoFile.ts';
import type { BatchFile } from './BatchRun.ts';

/** Something that photos come from; it can be listed again and again. */
export interface BatchSource {
  /** The folder's name; null for loose photos. */
  folder: string | null;
  /** Where the browser gives one: survives a reload. */
  handle: FileSystemDirectoryHandle | null;
  files: () => AsyncIterable<BatchFile>;
}

/** The longest piece of listing in one go: asking thousands of files for their size takes a second or more. */
const SLICE_MS = 12;

/** The same photo at the same place, unchanged, has the same key. */
export function keyOf(path: string, file: Pick<File, 'size' | 'lastModified'>): string {
  return `${path}\n${file.size}\n${file.lastModified}`;
}

function breath(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

const names = new Intl.Collator('en', { numeric: true });

/** Photos that were dropped or picked as a list. */
export function filesSource(list: readonly { file: File; path: string }[]): BatchSource {
  const photos = list.filter(({ file }) => isPhotoFile(file.name, file.type));
  photos.sort((a, b) => names.compare(a.path, b.path));
  const folders = new Set(photos.map(({ path }) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : null)));
  const [folder = null] = folders;
  return {
    folder: folders.size === 1 ? folder : null,
    handle: null,
    async *files() {
      let since = performance.now();
      for (const { file, path } of photos) {
        yield { key: keyOf(path, file), path, file };
        if (performance.now() - since < SLICE_MS) continue;
        await breath();
        since = performance.now();
      }
    },
  };
}

/** All photos in a folder and the folders in it, by name; what cannot be opened is left out. */
export function folderSource(handle: FileSystemDirectoryHandle): BatchSource {
  return { folder: handle.name, handle, files: () => walk(handle, `${handle.name}/`) };
}

async function* walk(folder: FileSystemDirectoryHandle, path: string): AsyncGenerator<BatchFile> {
  const entries: (FileSystemFileHandle | FileSystemDirectoryHandle)[] = [];
  for await (const entry of folder.values()) entries.push(entry);
  entries.sort((a, b) => names.compare(a.name, b.name));
  for (const entry of entries) {
    if (entry.kind === 'directory') {
      if (!isSystemName(entry.name)) yield* walk(entry, `${path}${entry.name}/`);
    } else if (isPhotoFile(entry.name, '')) {
      const file = await entry.getFile().catch(() => null);
      if (file) yield { key: keyOf(path + entry.name, file), path: path + entry.name, file };
    }
  }
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

/** The first photos of a list, and the whole list all the same. */
export async function peek(
  list: AsyncIterable<BatchFile>,
  count: number,
): Promise<{ first: BatchFile[]; all: AsyncIterable<BatchFile> }> {
  const iterator = list[Symbol.asyncIterator]();
  const first: BatchFile[] = [];
  while (first.length < count) {
    const { value, done } = await iterator.next();
    if (done) break;
    first.push(value as BatchFile);
  }
  async function* all() {
    yield* first;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { first, all: all() };
}
