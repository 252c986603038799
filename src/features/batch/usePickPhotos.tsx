import { type ReactNode, useRef } from 'react';
import { messageOf } from '../../engine/errors.ts';
import { useStore } from '../../store/store.ts';
import { chooseFolder } from './permission.ts';
import { takePhotos } from './session.ts';
import { filesSource, folderSource } from './sources.ts';

function problem(error: unknown): void {
  useStore.getState().changeBatch({ batchProblem: messageOf(error) });
}

function take(input: HTMLInputElement): void {
  const picked = [...(input.files ?? [])];
  const files = picked.map((file) => ({ file, path: file.webkitRelativePath || file.name }));
  if (files.length > 0) takePhotos(filesSource(files)).catch(problem);
  // Cleared, so that picking the same again is a change again.
  input.value = '';
}

/**
 * Opens the folder picker (the one whose folder the browser knows again after a reload, where there is one) or, for phones and loose photos, the
 * picker of photos. `inputs` must be rendered.
 */
export function usePickPhotos(): { pickFolder: () => void; pickPhotos: () => void; inputs: ReactNode } {
  const folder = useRef<HTMLInputElement>(null);
  const photos = useRef<HTMLInputElement>(null);
  return {
    pickPhotos: () => photos.current?.click(),
    pickFolder() {
      if (!window.showDirectoryPicker) return folder.current?.click();
      chooseFolder('read').then(
        (handle) => handle && takePhotos(folderSource(handle)).catch(problem),
        // Forbidden in some embedded pages: the plain picker is not.
        () => folder.current?.click(),
      );
    },
    inputs: (
      <>
        <input
          ref={folder}
          hidden
          type="file"
          webkitdirectory=""
          aria-label="Folder of photos for the batch"
          onChange={(event) => take(event.currentTarget)}
        />
        <input
          ref={photos}
          hidden
          type="file"
          multiple
          accept="image/*"
          aria-label="Photos for the batch"
          onChange={(event) => take(event.currentTarget)}
        />
      </>
    ),
  };
}
