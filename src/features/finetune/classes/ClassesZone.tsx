import { FileImage, FolderOpen, Plus, Redo2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { addClass } from '../adding/addClass.ts';
import { AddingStatus } from '../adding/AddingStatus.tsx';
import { BurstDialog } from '../adding/BurstDialog.tsx';
import { ClassItem } from './ClassItem.tsx';
import styles from './ClassesZone.module.css';
import { Conflicts } from './Conflicts.tsx';
import { EditOnly } from '../EditOnly.tsx';
import { PhotoFacts } from './PhotoFacts.tsx';
import { ReadingStatus } from '../adding/ReadingStatus.tsx';
import { useTrainingSet } from '../trainingSet.ts';
import type { Adding } from '../adding/useAdding.ts';
import { usePicker } from '../adding/usePicker.tsx';

/** The first class, made from the empty tab: to be named, or to be filled by the camera. */
export interface Begun {
  classId: string;
  camera: boolean;
}

export interface ClassesZoneProps {
  adding: Adding;
  filesOver: boolean;
  begun: Begun | null;
  /** What was begun has been done. */
  onBegun: () => void;
}

/** What I have: the classes with their counts, and what is to be known of the photos. */
export function ClassesZone({ adding, filesOver, begun, onBegun }: ClassesZoneProps) {
  const classes = useStore((state) => state.dataset.classes);
  const openClassId = useStore((state) => state.openClassId);
  const set = useTrainingSet();
  const picker = usePicker((files) => adding.add(files, null));
  const [renaming, setRenaming] = useState<string | null>(null);
  const beginning = begun && (classes.find(({ id }) => id === begun.classId) ?? null);
  const named = beginning && !begun?.camera ? beginning.id : renaming;

  return (
    <>
      <div className={styles['bar']}>
        <EditOnly>
          <Button icon aria-label="Add a folder" title="Add a folder of class folders" onClick={picker.pickFolder}>
            <FolderOpen size={16} aria-hidden />
          </Button>
          <Button icon aria-label="Add photos or a zip" title="Add photos or a zip" onClick={picker.pickFiles}>
            <FileImage size={16} aria-hidden />
          </Button>
          <Button onClick={() => setRenaming(addClass())}>
            <Plus size={16} aria-hidden />
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
            renaming={named === row.id}
            onRenaming={(on) => {
              setRenaming(on ? row.id : null);
              if (!on) onBegun();
            }}
            adding={adding}
          />
        ))}
      </div>
      {beginning && begun?.camera && <BurstDialog row={beginning} onClose={onBegun} />}
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

function HistoryButtons() {
  const undoStack = useStore((state) => state.undoStack);
  const redoStack = useStore((state) => state.redoStack);
  const undo = useStore((state) => state.undo);
  const redo = useStore((state) => state.redo);
  const back = undoStack.at(-1);
  const forth = redoStack.at(-1);
  return (
    <>
      <Button
        look="quiet"
        icon
        className={styles['push']}
        disabled={!back}
        aria-label={back ? `Undo: ${back.what}` : 'Undo'}
        title={back ? `Undo: ${back.what} (Ctrl+Z)` : 'Nothing to undo'}
        onClick={undo}
      >
        <Undo2 size={16} aria-hidden />
      </Button>
      <Button
        look="quiet"
        icon
        disabled={!forth}
        aria-label={forth ? `Redo: ${forth.what}` : 'Redo'}
        title={forth ? `Redo: ${forth.what} (Ctrl+Shift+Z)` : 'Nothing to redo'}
        onClick={redo}
      >
        <Redo2 size={16} aria-hidden />
      </Button>
    </>
  );
}
