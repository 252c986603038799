import { type ReactNode, useRef } from 'react';

export interface PickedFile {
  file: File;
  /** Path from the folder that was picked, or the file's name. */
  path: string;
}

export interface FilePickerOptions {
  /** What is picked, for those who do not see where. */
  filesLabel: string;
  /** Absent where no folder is picked. */
  folderLabel?: string;
  /** Which files are offered, as in HTML. */
  accept: string;
  multiple?: boolean;
  /** At least one file; a folder's come in any order. */
  onFiles: (files: PickedFile[]) => void;
}

export interface FilePicker {
  pickFiles: () => void;
  pickFolder: () => void;
  /** Must be rendered. */
  inputs: ReactNode;
}

/** The browser's file picker and its folder picker. */
export function useFilePicker({
  filesLabel,
  folderLabel,
  accept,
  multiple = true,
  onFiles,
}: FilePickerOptions): FilePicker {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    const picked = [...(input.files ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
    if (picked.length > 0) onFiles(picked);
    // Cleared, so that picking the same again is a change again.
    input.value = '';
  };
  return {
    pickFiles: () => files.current?.click(),
    pickFolder: () => folder.current?.click(),
    inputs: (
      <>
        <input
          ref={files}
          hidden
          type="file"
          multiple={multiple}
          accept={accept}
          aria-label={filesLabel}
          onChange={(event) => take(event.currentTarget)}
        />
        {folderLabel !== undefined && (
          <input
            ref={folder}
            hidden
            type="file"
            webkitdirectory=""
            aria-label={folderLabel}
            onChange={(event) => take(event.currentTarget)}
          />
        )}
      </>
    ),
  };
}
