import { Download, FileImage, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { EditOnly } from '../../../client/EditOnly.tsx';
import { ingestQueue, readWaiting } from '../../../client/photos/ingest.ts';
import { useAppState, useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { AddingStatus } from '../../../ui/files/AddingStatus.tsx';
import { ReadingLine } from '../../../ui/files/ReadingLine.tsx';
import { UnreadPhotos } from '../../../ui/files/UnreadPhotos.tsx';
import { plural } from '../../../ui/format.ts';
import { HistoryButtons } from '../../../ui/HistoryButtons.tsx';
import { ExportDialog } from '../exchange/ExportDialog.tsx';
import { photosOfFineTune } from './addToFind.ts';
import { ClassList } from './ClassList.tsx';
import { PhotoList } from './PhotoList.tsx';
import styles from './photos.module.css';
import { type Adding, useFindPicker } from './useFindPicker.ts';

/** What I have: photos to find things in, and the classes of things. */
export function PhotosZone({ adding, filesOver }: { adding: Adding; filesOver: boolean }) {
  const { findHistory, undoFind, redoFind } = useAppState('findHistory', 'undoFind', 'redoFind');
  const { reading, findOrder, photos } = useAppState('reading', 'findOrder', 'photos');
  const picker = useFindPicker((files) => adding.add(files, null));
  const rows = findOrder.flatMap((id) => photos.get(id) ?? []);
  const waiting = rows.filter(({ status }) => status === 'waiting').length;
  return (
    <>
      <div className={`${styles['bar']} ${styles['top']}`}>
        <EditOnly>
          <Button
            icon={FolderOpen}
            aria-label="Add a folder"
            title="Add a folder of photos, with boxes or without"
            onClick={picker.pickFolder}
          />
          <Button
            icon={FileImage}
            aria-label="Add photos, boxes or a zip"
            title="Add photos, files with boxes (VOC, COCO, YOLO) or a zip"
            onClick={picker.pickFiles}
          />
          {picker.inputs}
        </EditOnly>
        <ExportButton />
        <EditOnly>
          <HistoryButtons
            undo={findHistory.undo.at(-1)?.what}
            redo={findHistory.redo.at(-1)?.what}
            onUndo={undoFind}
            onRedo={redoFind}
            className={styles['push']}
          />
        </EditOnly>
      </div>
      <ReadingLine reading={reading} waiting={waiting} onStop={() => ingestQueue.cancel()} onGoOn={readWaiting} />
      <div className={styles['below']}>
        <AddingStatus adding={adding} />
        <UnreadPhotos photos={rows.filter(({ status }) => status === 'failed')} />
        <FromFineTune />
      </div>
      <ClassList />
      <div className={`${styles['photos']} ${filesOver ? styles['over'] : ''}`}>
        <PhotoList />
      </div>
    </>
  );
}

/** Boxes as files. */
function ExportButton() {
  const [open, setOpen] = useState(false);
  const some = useStore(({ scenes }) => [...scenes.values()].some(({ boxes }) => boxes.length > 0));
  return (
    <>
      <Button
        icon={Download}
        aria-label="Export boxes"
        title={some ? 'Export boxes as VOC, COCO, YOLO, a table or pictures' : 'There is no box to export yet'}
        disabled={!some}
        onClick={() => setOpen(true)}
      />
      {open && <ExportDialog onClose={() => setOpen(false)} />}
    </>
  );
}

/** Takes the photos of Fine-tune, which stay there too. */
export function FromFineTune() {
  const { dataset, photos, scenes, addScenes } = useAppState('dataset', 'photos', 'scenes', 'addScenes');
  const ids = photosOfFineTune({ dataset, photos, scenes });
  if (ids.length === 0) return null;
  return (
    <EditOnly>
      <Button onClick={() => addScenes(ids)}>Use {plural(ids.length, 'photo')} of Fine-tune</Button>
    </EditOnly>
  );
}
