import { usePhotoPicker } from '../../../ui/files/usePhotoPicker.ts';
import type { FilePicker, PickedFile } from '../../../ui/files/useFilePicker.tsx';
import type { Adding as AddingTo } from '../../../client/photos/useAdding.ts';

/** Adding files to a class; null lets their folders say which. */
export type Adding = AddingTo<string | null>;

/** The picker of photos or zips, and that of a folder of class folders. */
export function useClassPicker(onFiles: (files: PickedFile[]) => void): FilePicker {
  const labels = { filesLabel: 'Photos or a zip to learn from', folderLabel: 'Folder of class folders to learn from' };
  return usePhotoPicker(labels, onFiles);
}
