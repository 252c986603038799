import { filesFromDataTransfer } from './droppedFiles.ts';
import { useDataDrop } from './useDataDrop.ts';

export interface DroppedFile {
  file: File;
  /** Path inside the dropped folder, or the file's name. */
  path: string;
}

/**
 * Takes files dropped anywhere on the window (folders walked) or pasted.
 * @param onProblem what went wrong when the dropped things could not be listed
 * @returns true while files are dragged over the window
 */
export function useFileDrop(onFiles: (files: DroppedFile[]) => void, onProblem: (error: unknown) => void): boolean {
  return useDataDrop((data) => {
    filesFromDataTransfer(data.items).then((files) => files.length > 0 && onFiles(files), onProblem);
  });
}
