import { type ReactNode, useState } from 'react';
import { chooseHead } from '../../../client/chooseHead.ts';
import { useStore } from '../../../store/store.ts';
import { NameEditor } from '../../../ui/fields/NameEditor.tsx';
import { Menu, MenuItem, MenuLine } from '../../../ui/menu/Menu.tsx';
import { deleteHead, renameHead } from './changeHeads.ts';
import styles from './runs.module.css';

export interface HeadItemProps {
  id: string;
  name: string;
  what: 'run' | 'head';
  open?: boolean;
  /** More items of the menu, after the first. */
  menu?: ReactNode;
  children: ReactNode;
}

/** A run, or a head that came from a file, in its list: what it is, and a menu of what can be done to it. */
export function HeadItem({ id, name, what, open = false, menu, children }: HeadItemProps) {
  const [renaming, setRenaming] = useState(false);
  const inUse = useHeadInUse(id);
  const following = useStore((state) => state.keeping === 'following');
  const rename = (text: string | null) => {
    if (text !== null && text.trim() !== '') renameHead(id, text);
    setRenaming(false);
  };
  return (
    <li className={`${styles['run']} ${open ? styles['open'] : ''}`}>
      {renaming ? (
        <NameEditor className={styles['edit']} label={`Name of the ${what}`} name={name} onDone={rename} />
      ) : (
        <>
          {children}
          <Menu name={name}>
            <MenuItem disabled={inUse} onSelect={() => chooseHead({ id })}>
              Use in Classify
            </MenuItem>
            {menu}
            <MenuItem disabled={following} afterwards onSelect={() => setRenaming(true)}>
              Rename
            </MenuItem>
            <MenuLine />
            <MenuItem disabled={following} onSelect={() => deleteHead(id)}>
              Delete
            </MenuItem>
          </Menu>
        </>
      )}
    </li>
  );
}

/** Whether Classify answers with this head. */
export function useHeadInUse(id: string): boolean {
  return useStore(({ settings: { head } }) => typeof head !== 'string' && head.id === id);
}
