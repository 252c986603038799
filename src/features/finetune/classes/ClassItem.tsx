import type { ClassRow } from '../../../core/project/model.ts';
import { type DragEvent, type KeyboardEvent, useState } from 'react';
import { moveMembers, reorderClass, deleteClass } from '../../../store/dataset.ts';
import { useAppState } from '../../../store/store.ts';
import { classColour } from '../../../ui/charts/classPalette.ts';
import { FileName } from '../../../ui/FileName.tsx';
import { count, plural } from '../../../ui/format.ts';
import styles from './classes.module.css';
import { ClassMenu } from './ClassMenu.tsx';
import { CLASS_TYPE, dropTarget, PHOTOS_TYPE } from './dragging.ts';
import { EditOnly } from '../../../client/EditOnly.tsx';
import { ClassNameEditor } from './ClassNameEditor.tsx';
import type { ClassCounts } from '../trainingSet.ts';
import type { Adding } from '../adding/useClassPicker.ts';

export interface ClassItemProps {
  /** Null for the line "All photos". */
  row: ClassRow | null;
  counts: ClassCounts | null;
  total: number;
  place: number;
  open: boolean;
  renaming: boolean;
  onRenaming: (on: boolean) => void;
  adding: Adding;
}

/** Puts the focus on the class before or after. */
function focusNeighbour(from: HTMLElement, step: number): void {
  const all = [...document.querySelectorAll<HTMLElement>('[data-class-button]')];
  all[all.indexOf(from) + step]?.focus();
}

/** One class of the list: its colour, name and count; takes files, photos and other classes dropped on it. */
export function ClassItem({ row, counts, total, place, open, renaming, onRenaming, adding }: ClassItemProps) {
  const { edit, openClass, setFineTuneView } = useAppState('edit', 'openClass', 'setFineTuneView');
  const [target, setTarget] = useState(false);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && event.altKey && row) edit((dataset) => reorderClass(dataset, row.id, place + step));
    else if (step !== 0) focusNeighbour(event.currentTarget, step);
    else if (event.key === 'F2' && row) onRenaming(true);
    else if (event.key === 'Delete' && row) edit((dataset) => deleteClass(dataset, row.id));
    else return;
    event.preventDefault();
  };

  const takes = ({ dataTransfer }: DragEvent) =>
    row !== null && ['Files', PHOTOS_TYPE, CLASS_TYPE].some((type) => dataTransfer.types.includes(type));
  const onDrop = (event: DragEvent) => {
    setTarget(false);
    if (!row) return;
    const { types } = event.dataTransfer;
    if (types.includes('Files')) dropTarget.set(row.id);
    else if (types.includes(PHOTOS_TYPE)) {
      const ids = event.dataTransfer.getData(PHOTOS_TYPE).split(' ');
      edit((dataset) => moveMembers(dataset, ids, row.id));
    } else if (types.includes(CLASS_TYPE)) {
      const id = event.dataTransfer.getData(CLASS_TYPE);
      edit((dataset) => reorderClass(dataset, id, place));
    } else return;
    event.preventDefault();
  };

  const classes = [styles['item'], open && styles['open'], target && styles['target']];
  return (
    <div
      className={classes.filter(Boolean).join(' ')}
      draggable={row !== null && !renaming}
      onDragStart={(event) => row && event.dataTransfer.setData(CLASS_TYPE, row.id)}
      onDragOver={(event) => {
        if (!takes(event)) return;
        event.preventDefault();
        setTarget(true);
      }}
      onDragLeave={() => setTarget(false)}
      onDrop={onDrop}
    >
      {row && renaming ? (
        <ClassNameEditor row={row} onDone={() => onRenaming(false)} />
      ) : (
        <>
          <button
            type="button"
            data-class-button
            className={styles['name']}
            aria-pressed={open}
            onClick={() => {
              openClass(row?.id ?? null);
              setFineTuneView('photos');
            }}
            onDoubleClick={() => row && onRenaming(true)}
            onKeyDown={onKeyDown}
          >
            {row ? <span className={styles['swatch']} style={{ background: classColour(row.colour) }} /> : <span />}
            {row ? <FileName name={row.name} /> : 'All photos'}
            <span className={styles['count']}>
              {count(total)}
              <span className="visually-hidden"> photos</span>
              {counts && counts.copies > 0 && (
                <span
                  className={styles['copies']}
                  title={`${plural(counts.copies, 'byte-identical copy', 'byte-identical copies')} left out`}
                >
                  {' '}
                  −{count(counts.copies)}
                </span>
              )}
            </span>
          </button>
          {row ? (
            <EditOnly>
              <ClassMenu row={row} place={place} onRename={() => onRenaming(true)} adding={adding} />
            </EditOnly>
          ) : (
            <span />
          )}
        </>
      )}
    </div>
  );
}
