import type { ClassRow } from '../../../core/project/model.ts';
import { useState } from 'react';
import { mergeClasses, renameClass } from '../../../store/dataset.ts';
import { useAppState } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { FileName } from '../../../ui/FileName.tsx';
import { NameEditor } from '../../../ui/fields/NameEditor.tsx';
import styles from './classes.module.css';

/** A class's name being changed. No two classes have one name: where another has it already, the two can be merged. */
export function ClassNameEditor({ row, onDone }: { row: ClassRow; onDone: () => void }) {
  const { dataset, edit, openClass } = useAppState('dataset', 'edit', 'openClass');
  const [asked, setAsked] = useState<string | null>(null);
  const other = asked === null ? undefined : dataset.classes.find(({ id, name }) => id !== row.id && name === asked);
  if (!other) {
    return (
      <NameEditor
        className={styles['edit']}
        label="Name of the class"
        name={row.name}
        onDone={(text) => {
          const name = text?.trim() ?? null;
          if (name && dataset.classes.some((one) => one.id !== row.id && one.name === name)) return setAsked(name);
          if (name) edit((before) => renameClass(before, row.id, name));
          onDone();
        }}
      />
    );
  }
  return (
    <div className={styles['clash']} role="group" aria-label="Two classes of one name">
      <p role="alert">
        There is a class “
        <FileName name={other.name} />” already.
      </p>
      <div>
        <Button
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- it follows the name that was just typed
          autoFocus
          onClick={() => {
            edit((before) => mergeClasses(before, row.id, other.id));
            openClass(other.id);
            onDone();
          }}
        >
          Merge the two
        </Button>
        <Button onClick={() => setAsked(null)}>Another name</Button>
      </div>
    </div>
  );
}
