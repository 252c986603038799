import { type FilePicker, useFilePicker } from '../../../ui/files/useFilePicker.tsx';
import { takeFiles } from './takeFiles.ts';

const inOrder = new Intl.Collator('en', { numeric: true });

/** The file and the folder picker; what is picked is classified. */
export function usePickFiles(): FilePicker {
  return useFilePicker({
    filesLabel: 'Photos to classify',
    folderLabel: 'Folder of photos to classify',
    accept: 'image/*',
    onFiles(picked) {
      // A folder comes in the order of the disk; files in the order in which the picker lists them.
      const fromFolder = picked.some(({ file }) => file.webkitRelativePath !== '');
      takeFiles(fromFolder ? picked.toSorted((a, b) => inOrder.compare(a.path, b.path)) : picked);
    },
  });
}
