import { naturalOrder } from '../../core/photoFile.ts';
import { sortInSlices } from '../../core/tasks/sortInSlices.ts';
import { type FilePicker, type FilePickerOptions, type PickedFile, useFilePicker } from './useFilePicker.tsx';

export interface PhotoPickerOptions extends Pick<FilePickerOptions, 'filesLabel' | 'folderLabel'> {
  /** What is offered besides photos and zips, as in HTML: ".xml,.json". */
  also?: string;
}

/** The picker of photos or zips, and that of a folder. */
export function usePhotoPicker(
  { also, ...labels }: PhotoPickerOptions,
  onFiles: (files: PickedFile[]) => void,
): FilePicker {
  return useFilePicker({
    ...labels,
    accept: also ? `image/*,.zip,${also}` : 'image/*,.zip',
    // The picker lists a folder in any order; photos and classes come as a person would list them.
    onFiles: (picked) => void sortInSlices(picked, (a, b) => naturalOrder.compare(a.path, b.path)).then(onFiles),
  });
}
