import { filesFromDataTransfer } from '../../../ui/files/droppedFiles.ts';
import { type BatchSource, filesSource, folderSource } from './sources.ts';

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
