import { type ReactNode, useRef } from 'react';
import { sortInSlices } from '../../ui/sortInSlices.ts';
import type { AddedFile } from './addFiles.ts';

/** Made once: comparing thousands of paths by localeCompare's options would make one each time. */
const names = new Intl.Collator('en', { numeric: true });

export interface Picker {
  pickFolder: () => void;
  /** Photos, or zips of class folders. */
  pickFiles: () => void;
  /** Must be rendered. */
  inputs: ReactNode;
}

/** The file and the folder picker. */
export function usePicker(onFiles: (files: AddedFile[]) => void): Picker {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    const picked = [...(input.files ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
    // The picker lists a folder in any order; photos and classes come as a person would list them.
    if (picked.length > 0) void sortInSlices(picked, (a, b) => names.compare(a.path, b.path)).then(onFiles);
    // Cleared, so that picking the same file again is a change again.
    input.value = '';
  };
  return {
    pickFolder: () => folder.current?.click(),
    pickFiles: () => files.current?.click(),
    inputs: (
      <>
        <input
          ref={files}
          hidden
          type="file"
          multiple
          accept="image/*,.zip"
          aria-label="Photos or a zip to learn from"
          onChange={(event) => take(event.currentTarget)}
        />
        <input
          ref={folder}
          hidden
          type="file"
          webkitdirectory=""
          aria-label="Folder of class folders to learn from"
          onChange={(event) => take(event.currentTarget)}
        />
      </>
    ),
  };
}
