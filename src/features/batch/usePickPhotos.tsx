import { type ReactNode, useRef } from 'react';
import { messageOf } from '../../engine/errors.ts';
import { useStore } from '../../store/store.ts';
import { chooseFolder } from './permission.ts';
import { takePhotos } from './session.ts';
import { filesSource, folderSource } from './sources.ts';

function problem(error: unknown): void {
  useStore.getState().changeBatch({ batchProblem: messageOf(error) });
}

/** Opens the folder picker: the one whose folder the browser knows again after a reload, where there is one. `input` must be rendered. */
export function usePickPhotos(): { pickFolder: () => void; input: ReactNode } {
  const folder = useRef<HTMLInputElement>(null);
  return {
    pickFolder() {
      if (!window.showDirectoryPicker) return folder.current?.click();
      chooseFolder('read').then(
        (handle) => handle && takePhotos(folderSource(handle)).catch(problem),
        // Forbidden in some embedded pages: the plain picker is not.
        () => folder.current?.click(),
      );
    },
    input: (
      <input
        ref={folder}
        hidden
        type="file"
        webkitdirectory=""
        aria-label="Folder of photos for the batch"
        onChange={({ currentTarget: input }) => {
          const picked = [...(input.files ?? [])];
          const files = picked.map((file) => ({ file, path: file.webkitRelativePath || file.name }));
          if (files.length > 0) takePhotos(filesSource(files)).catch(problem);
          // Cleared, so that picking the same folder again is a change again.
          input.value = '';
        }}
      />
    ),
  };
}
