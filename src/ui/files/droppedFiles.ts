import { isSystemName } from '../../core/photoFile.ts';

/** A file of a drop and where it lay: its folders and name, `flowers/roses/1.jpg`. */
export interface DroppedFile {
  file: File;
  path: string;
}

/**
 * All files of a drop, those in dropped folders included at any depth, in the order of the drop and by name within a folder. To be called
 * in the drop event itself: the browser empties the list afterwards.
 * @param onUnreadable told of each file or folder that could not be opened (moved, not permitted); the others go on
 */
export async function filesFromDataTransfer(
  items: DataTransferItemList,
  onUnreadable?: (path: string, error: unknown) => void,
): Promise<DroppedFile[]> {
  // Entries and files are taken before the first await, while the list is filled.
  const roots = Array.from(items)
    .filter((item) => item.kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile() }));
  const found: DroppedFile[] = [];

  const visit = async (entry: FileSystemEntry, folder: string): Promise<void> => {
    if (isSystemName(entry.name)) return;
    const path = folder + entry.name;
    try {
      if (entry.isFile) found.push({ file: await fileOf(entry as FileSystemFileEntry), path });
      if (!entry.isDirectory) return;
      const children = await childrenOf(entry as FileSystemDirectoryEntry);
      children.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
      for (const child of children) await visit(child, `${path}/`);
    } catch (error) {
      onUnreadable?.(path, error);
    }
  };

  for (const { entry, file } of roots) {
    if (entry) await visit(entry, '');
    else if (file && !isSystemName(file.name)) found.push({ file, path: file.name });
  }
  return found;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** Chromium hands out at most 100 entries a call: read until it gives none. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return children;
    children.push(...some);
  }
}
