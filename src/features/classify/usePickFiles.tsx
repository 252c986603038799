import { type ReactNode, useRef } from 'react';
import { queue } from './queue.ts';

const inOrder = new Intl.Collator('en', { numeric: true });

/** Opens the file picker and the folder picker; what is picked goes to the queue. `inputs` must be rendered. */
export function usePickFiles(): { pickFiles: () => void; pickFolder: () => void; inputs: ReactNode } {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => {
    const picked = [...(input.files ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
    // A folder comes in the order of the disk.
    if (input.webkitdirectory) picked.sort((a, b) => inOrder.compare(a.path, b.path));
    queue.add(picked);
    // Cleared, so that picking the same file again is a change again.
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
          multiple
          accept="image/*"
          aria-label="Photos to classify"
          onChange={(event) => take(event.currentTarget)}
        />
        <input
          ref={folder}
          hidden
          type="file"
          webkitdirectory=""
          aria-label="Folder of photos to classify"
          onChange={(event) => take(event.currentTarget)}
        />
      </>
    ),
  };
}
