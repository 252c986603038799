import type { ReactNode } from 'react';
import { messageOf } from '../../../core/errors.ts';
import { useStore } from '../../../store/store.ts';
import { useFilePicker } from '../../../ui/files/useFilePicker.tsx';
import { chooseFolder } from '../run/permission.ts';
import { type BatchSource, filesSource, folderSource } from '../run/sources.ts';
import { pageBatch } from '../run/pageBatch.ts';

function take(source: BatchSource): void {
  pageBatch
    .takePhotos(source)
    .catch((error: unknown) => useStore.getState().changeBatch({ batchProblem: messageOf(error) }));
}

/**
 * Opens the folder picker (the one whose folder the browser knows again after a reload, where there is one) or, for phones and loose photos, the
 * picker of photos. `inputs` must be rendered.
 */
export function usePickPhotos(): { pickFolder: () => void; pickPhotos: () => void; inputs: ReactNode } {
  const { pickFiles, pickFolder, inputs } = useFilePicker({
    filesLabel: 'Photos for the batch',
    folderLabel: 'Folder of photos for the batch',
    accept: 'image/*',
    onFiles: (picked) => take(filesSource(picked)),
  });
  return {
    pickPhotos: pickFiles,
    pickFolder() {
      if (!window.showDirectoryPicker) return pickFolder();
      chooseFolder('read').then(
        (handle) => handle && take(folderSource(handle)),
        // Forbidden in some embedded pages: the plain picker is not.
        pickFolder,
      );
    },
    inputs,
  };
}
