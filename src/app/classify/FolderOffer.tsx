import { addFiles } from '../../features/finetune/adding/addFiles.ts';
import { placesOf } from '../../formats/zip/classFolders.ts';
import { messageOf } from '../../core/errors.ts';
import { useStore } from '../../store/store.ts';
import type { DroppedFile } from '../../ui/files/droppedFiles.ts';
import { plural } from '../../ui/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Note } from '../../ui/notes/Note.tsx';

/** Folders as classes, in the Fine-tune tab. */
function teach(files: readonly DroppedFile[]): void {
  const { setTab, addNotice } = useStore.getState();
  setTab('finetune');
  addFiles(files, null, () => {}, new AbortController().signal).then(
    ({ notices, errors }) => [...notices, ...errors].forEach((text) => addNotice(text)),
    (error: unknown) => addNotice(messageOf(error)),
  );
}

interface FolderOfferProps {
  files: readonly DroppedFile[];
  onDone: () => void;
}

/** Folders dropped where photos are classified may well be classes. */
export default function FolderOffer({ files, onDone }: FolderOfferProps) {
  const names = placesOf(files.map(({ path }) => path)).map(({ className }) => className);
  const classes = new Set(names.filter((name) => name !== null)).size;
  if (classes < 2) return null;
  return (
    <Note
      onDismiss={onDone}
      actions={
        <Button
          look="primary"
          onClick={() => {
            onDone();
            teach(files);
          }}
        >
          Teach these classes
        </Button>
      }
    >
      {plural(classes, 'folder')}: teach it these classes? Here their photos are classified one by one.
    </Note>
  );
}
