import { Merge, Palette, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { EditOnly } from '../../../client/EditOnly.tsx';
import type { FindClassRow } from '../../../core/project/findModel.ts';
import { boxCounts, findClassNamed } from '../../../store/findScenes.ts';
import { useAppState } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { CLASS_COLOURS, classColour } from '../../../ui/charts/classPalette.ts';
import { NameEditor } from '../../../ui/fields/NameEditor.tsx';
import { FileName } from '../../../ui/FileName.tsx';
import { count, visibleName } from '../../../ui/format.ts';
import { Menu, MenuItem, MenuLine, SubMenu } from '../../../ui/menu/Menu.tsx';
import { giveClass } from './giveClass.ts';
import styles from './photos.module.css';

/** The classes of things to find, with their boxes counted; the chosen one is what the selected box and the next one get. */
export function ClassList() {
  const { findClasses, scenes, findClass } = useAppState('findClasses', 'scenes', 'findClass');
  const { addFindClass, renameFindClass } = useAppState('addFindClass', 'renameFindClass');
  /** The class whose name is changed; '' for a new one. */
  const [naming, setNaming] = useState<string | null>(null);
  const [taken, setTaken] = useState<string | null>(null);
  const counts = boxCounts({ scenes });
  const named = (id: string, text: string | null) => {
    setNaming(null);
    const name = text?.trim() ?? '';
    if (name === '') return setTaken(null);
    const other = findClassNamed(findClasses, name);
    setTaken(other && other.id !== id ? name : null);
    if (id === '') addFindClass(name);
    else renameFindClass(id, name);
  };
  return (
    <section className={styles['classes']} aria-label="Things to find">
      <div className={styles['bar']}>
        <h2 className={styles['title']}>Things to find</h2>
        <EditOnly>
          <Button look="quiet" icon={Plus} onClick={() => setNaming('')}>
            Class
          </Button>
        </EditOnly>
      </div>
      {findClasses.length === 0 && naming === null && (
        <p className={styles['hint']}>Name what is to be found, then draw a box around each.</p>
      )}
      <ul>
        {findClasses.map((row, place) => (
          <li key={row.id} className={`${styles['item']} ${row.id === findClass ? styles['open'] : ''}`}>
            {naming === row.id ? (
              <NameEditor
                className={styles['edit']}
                label="Name of the class"
                name={row.name}
                onDone={(text) => named(row.id, text)}
              />
            ) : (
              <>
                <button
                  type="button"
                  className={styles['name']}
                  aria-pressed={row.id === findClass}
                  title={place < 9 ? `Key ${place + 1}` : undefined}
                  onClick={() => giveClass(row.id)}
                  onDoubleClick={() => setNaming(row.id)}
                  onKeyDown={(event) => {
                    if (event.key !== 'F2') return;
                    event.preventDefault();
                    setNaming(row.id);
                  }}
                >
                  <span className={styles['swatch']} style={{ background: classColour(row.colour) }} />
                  <FileName name={row.name} />
                  <span className={styles['count']}>
                    {count(counts.get(row.id) ?? 0)}
                    <span className="visually-hidden"> boxes</span>
                  </span>
                </button>
                <EditOnly>
                  <ClassMenu row={row} classes={findClasses} onRename={() => setNaming(row.id)} />
                </EditOnly>
              </>
            )}
          </li>
        ))}
        {naming === '' && (
          <li className={styles['item']}>
            <NameEditor
              className={styles['edit']}
              label="Name of the new class"
              name=""
              onDone={(text) => named('', text)}
            />
          </li>
        )}
      </ul>
      {taken !== null && (
        <p className={styles['hint']} role="alert">
          There is a class “{visibleName(taken)}” already. Choose another name, or merge the two in the menu of one.
        </p>
      )}
    </section>
  );
}

interface ClassMenuProps {
  row: FindClassRow;
  classes: readonly FindClassRow[];
  onRename: () => void;
}

/** Everything that can be done to a class. */
function ClassMenu({ row, classes, onRename }: ClassMenuProps) {
  const { recolourFindClass, mergeFindClasses, deleteFindClass } = useAppState(
    'recolourFindClass',
    'mergeFindClasses',
    'deleteFindClass',
  );
  const others = classes.filter(({ id }) => id !== row.id);
  return (
    <Menu name={row.name}>
      <MenuItem icon={Pencil} keys="F2" afterwards onSelect={onRename}>
        Rename
      </MenuItem>
      <SubMenu icon={Palette} label="Colour">
        {CLASS_COLOURS.map(({ name, css }, colour) => (
          <MenuItem key={name} onSelect={() => recolourFindClass(row.id, colour)}>
            <span className={styles['swatch']} style={{ background: css }} />
            {name}
          </MenuItem>
        ))}
      </SubMenu>
      <SubMenu icon={Merge} label="Merge into" disabled={others.length === 0}>
        {others.map(({ id, name }) => (
          <MenuItem key={id} onSelect={() => mergeFindClasses(row.id, id)}>
            <FileName name={name} />
          </MenuItem>
        ))}
      </SubMenu>
      <MenuLine />
      <MenuItem icon={Trash2} onSelect={() => deleteFindClass(row.id)}>
        Delete with its boxes
      </MenuItem>
    </Menu>
  );
}
