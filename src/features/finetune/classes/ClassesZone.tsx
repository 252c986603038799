import { FileImage, FolderOpen, Plus } from 'lucide-react';
import { useAppState, useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { HistoryButtons } from '../../../ui/HistoryButtons.tsx';
import { openNewClass } from '../adding/addClass.ts';
import { AddingStatus } from '../../../ui/files/AddingStatus.tsx';
import { ClassItem } from './ClassItem.tsx';
import styles from './classes.module.css';
import { Conflicts } from './Conflicts.tsx';
import { EditOnly } from '../../../client/EditOnly.tsx';
import { PhotoFacts } from './PhotoFacts.tsx';
import { KeepingLine } from '../../../ui/files/KeepingLine.tsx';
import { ReadingLine } from '../../../ui/files/ReadingLine.tsx';
import { ingestQueue, readWaiting } from '../../../client/photos/ingest.ts';
import { useTrainingSet } from '../trainingSet.ts';
import { type Adding, useClassPicker } from '../adding/useClassPicker.ts';

export interface ClassesZoneProps {
  adding: Adding;
  filesOver: boolean;
}

/** What I have: the classes with their counts, and what is to be known of the photos. */
export function ClassesZone({ adding, filesOver }: ClassesZoneProps) {
  const { dataset, reading, openClassId, namingClassId, nameClass } = useAppState(
    'dataset',
    'reading',
    'openClassId',
    'namingClassId',
    'nameClass',
  );
  const { classes } = dataset;
  const set = useTrainingSet();
  const picker = useClassPicker((files) => adding.add(files, null));

  return (
    <>
      <div className={styles['bar']}>
        <EditOnly>
          <Button
            icon={FolderOpen}
            aria-label="Add a folder"
            title="Add a folder of class folders"
            onClick={picker.pickFolder}
          />
          <Button
            icon={FileImage}
            aria-label="Add photos or a zip"
            title="Add photos or a zip"
            onClick={picker.pickFiles}
          />
          <Button icon={Plus} onClick={() => nameClass(openNewClass())}>
            Class
          </Button>
          <History />
          {picker.inputs}
        </EditOnly>
      </div>
      <div className={`${styles['list']} ${filesOver ? styles['over'] : ''}`}>
        <ClassItem
          row={null}
          counts={null}
          total={set.ids.length}
          place={-1}
          open={openClassId === null}
          renaming={false}
          onRenaming={() => {}}
          adding={adding}
        />
        {classes.map((row, place) => (
          <ClassItem
            key={row.id}
            row={row}
            counts={set.perClass.get(row.id) ?? null}
            total={set.perClass.get(row.id)?.ids.length ?? 0}
            place={place}
            open={openClassId === row.id}
            renaming={namingClassId === row.id}
            onRenaming={(on) => nameClass(on ? row.id : null)}
            adding={adding}
          />
        ))}
      </div>
      <ReadingLine reading={reading} waiting={set.waiting} onStop={() => ingestQueue.cancel()} onGoOn={readWaiting} />
      <Unkept />
      <div className={styles['below']}>
        <AddingStatus adding={adding} />
        <EditOnly>
          <Conflicts conflicts={set.duplicates.conflicts} />
          <PhotoFacts set={set} />
        </EditOnly>
      </div>
    </>
  );
}

/** By itself: it changes with every few photos, and nothing else with it. */
function Unkept() {
  return <KeepingLine unkept={useStore((state) => state.unkept)} />;
}

/** Undo and redo of what is done to classes and photos. */
function History() {
  const { undoStack, redoStack, undo, redo } = useAppState('undoStack', 'redoStack', 'undo', 'redo');
  const last = { undo: undoStack.at(-1)?.what, redo: redoStack.at(-1)?.what };
  return <HistoryButtons {...last} onUndo={undo} onRedo={redo} className={styles['push']} />;
}
