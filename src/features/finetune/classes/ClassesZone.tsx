import { FileImage, FolderOpen, Plus, Redo2, Undo2 } from 'lucide-react';
import { useAppState } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { openNewClass } from '../adding/addClass.ts';
import { AddingStatus } from '../adding/AddingStatus.tsx';
import { ClassItem } from './ClassItem.tsx';
import styles from './classes.module.css';
import { Conflicts } from './Conflicts.tsx';
import { EditOnly } from '../EditOnly.tsx';
import { PhotoFacts } from './PhotoFacts.tsx';
import { ReadingStatus } from './ReadingStatus.tsx';
import { useTrainingSet } from '../trainingSet.ts';
import type { Adding } from '../adding/useAdding.ts';
import { usePhotoPicker } from '../adding/usePhotoPicker.ts';

export interface ClassesZoneProps {
  adding: Adding;
  filesOver: boolean;
}

/** What I have: the classes with their counts, and what is to be known of the photos. */
export function ClassesZone({ adding, filesOver }: ClassesZoneProps) {
  const { dataset, openClassId, namingClassId, nameClass } = useAppState(
    'dataset',
    'openClassId',
    'namingClassId',
    'nameClass',
  );
  const { classes } = dataset;
  const set = useTrainingSet();
  const picker = usePhotoPicker((files) => adding.add(files, null));

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
          <HistoryButtons />
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
      <ReadingStatus waiting={set.waiting} />
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

/** Undo and redo, each saying what it would do. */
function HistoryButtons() {
  const { undoStack, redoStack, undo, redo } = useAppState('undoStack', 'redoStack', 'undo', 'redo');
  const buttons = [
    { name: 'Undo', Icon: Undo2, keys: 'Ctrl+Z', step: undoStack.at(-1), onClick: undo },
    { name: 'Redo', Icon: Redo2, keys: 'Ctrl+Shift+Z', step: redoStack.at(-1), onClick: redo },
  ];
  return buttons.map(({ name, Icon, keys, step, onClick }, i) => (
    <Button
      key={name}
      look="quiet"
      icon={Icon}
      className={i === 0 ? styles['push'] : undefined}
      disabled={!step}
      aria-label={step ? `${name}: ${step.what}` : name}
      title={step ? `${name}: ${step.what} (${keys})` : `Nothing to ${name.toLowerCase()}`}
      onClick={onClick}
    />
  ));
}
