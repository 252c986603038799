import type { Adding as AddingTo } from '../../../client/photos/useAdding.ts';
import type { FilePicker, PickedFile } from '../../../ui/files/useFilePicker.tsx';
import { usePhotoPicker } from '../../../ui/files/usePhotoPicker.ts';

export type Adding = AddingTo<null>;

const OPTIONS = {
  filesLabel: 'Photos, boxes or a zip to find things in',
  folderLabel: 'Folder of photos and boxes',
  also: '.xml,.json,.txt,.yaml,.yml',
};

/** The picker of photos, files with boxes or zips, and that of a folder of them. */
export function useFindPicker(onFiles: (files: PickedFile[]) => void): FilePicker {
  return usePhotoPicker(OPTIONS, onFiles);
}
