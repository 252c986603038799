import { filesFromDataTransfer } from './droppedFiles.ts';
import { unopenedError } from './unopenedError.ts';
import { useDataDrop } from './useDataDrop.ts';

export interface DroppedFile {
  file: File;
  /** Path inside the dropped folder, or the file's name. */
  path: string;
}

/**
 * Takes files dropped anywhere on the window (folders walked) or pasted.
 * @param onProblem told after `onFiles` where some of what was dropped could not be opened, in words for the person
 * @returns true while files are dragged over the window
 */
export function useFileDrop(onFiles: (files: DroppedFile[]) => void, onProblem: (error: unknown) => void): boolean {
  return useDataDrop((data) => {
    const failed: { path: string; reason: unknown }[] = [];
    filesFromDataTransfer(data.items, (path, reason) => failed.push({ path, reason }))
      .then((files) => {
        if (files.length > 0) onFiles(files);
        if (failed.length > 0) onProblem(unopenedError(failed));
      })
      .catch(onProblem);
  });
}
