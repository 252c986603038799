import { sortInSlices } from '../../../core/tasks/sortInSlices.ts';
import { type FilePicker, useFilePicker } from '../../../ui/files/useFilePicker.tsx';
import type { AddedFile } from './addFiles.ts';

/** Made once: comparing thousands of paths by localeCompare's options would make one each time. */
const names = new Intl.Collator('en', { numeric: true });

/** The picker of photos or zips, and that of a folder of class folders. */
export function usePhotoPicker(onFiles: (files: AddedFile[]) => void): FilePicker {
  return useFilePicker({
    filesLabel: 'Photos or a zip to learn from',
    folderLabel: 'Folder of class folders to learn from',
    accept: 'image/*,.zip',
    // The picker lists a folder in any order; photos and classes come as a person would list them.
    onFiles: (picked) => void sortInSlices(picked, (a, b) => names.compare(a.path, b.path)).then(onFiles),
  });
}
