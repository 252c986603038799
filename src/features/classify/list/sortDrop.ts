import { isPhotoFile } from '../../../core/photoFile.ts';
import type { DroppedFile } from '../../../ui/files/droppedFiles.ts';

export interface SortedDrop {
  /** To classify: what lay outside folders, whatever it is, and the photos in folders. */
  files: DroppedFile[];
  /** How many files in folders are no photos. */
  leftOut: number;
  /** How many folders hold photos themselves. */
  folders: number;
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** What of a drop is to be classified: a file in a folder that is no photo was not meant, a single one was. */
export function sortDrop(dropped: readonly DroppedFile[]): SortedDrop {
  const files = dropped.filter(({ file, path }) => folderOf(path) === '' || isPhotoFile(file.name, file.type));
  const folders = new Set(files.map(({ path }) => folderOf(path)).filter((folder) => folder !== ''));
  return { files, leftOut: dropped.length - files.length, folders: folders.size };
}
