import type { ClassRow } from '../../../core/project/model.ts';
import { ArrowDown, ArrowUp, Camera, FileImage, Merge, Palette, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { deleteClass, mergeClasses, recolourClass, reorderClass } from '../../../store/dataset.ts';
import { useStore } from '../../../store/store.ts';
import { CLASS_COLOURS } from '../../../ui/charts/classPalette.ts';
import { FileName } from '../../../ui/FileName.tsx';
import { Menu, MenuItem, MenuLine, SubMenu } from '../../../ui/menu/Menu.tsx';
import { BurstDialog } from '../adding/BurstDialog.tsx';
import styles from './classes.module.css';
import { type Adding, useClassPicker } from '../adding/useClassPicker.ts';

export interface ClassMenuProps {
  row: ClassRow;
  place: number;
  onRename: () => void;
  adding: Adding;
}

/** Everything that can be done to a class. */
export function ClassMenu({ row, place, onRename, adding }: ClassMenuProps) {
  const classes = useStore((state) => state.dataset.classes);
  const edit = useStore((state) => state.edit);
  const picker = useClassPicker((files) => adding.add(files, row.id));
  const [burst, setBurst] = useState(false);
  const others = classes.filter(({ id }) => id !== row.id);
  const moveTo = (to: number) => edit((dataset) => reorderClass(dataset, row.id, to));
  return (
    <>
      <Menu name={row.name}>
        <MenuItem icon={FileImage} onSelect={picker.pickFiles}>
          Add photos
        </MenuItem>
        <MenuItem icon={Camera} onSelect={() => setBurst(true)}>
          Camera burst
        </MenuItem>
        <MenuLine />
        <MenuItem icon={Pencil} keys="F2" afterwards onSelect={onRename}>
          Rename
        </MenuItem>
        <SubMenu icon={Palette} label="Colour">
          {CLASS_COLOURS.map(({ name, css }, colour) => (
            <MenuItem key={name} onSelect={() => edit((dataset) => recolourClass(dataset, row.id, colour))}>
              <span className={styles['swatch']} style={{ background: css }} />
              {name}
            </MenuItem>
          ))}
        </SubMenu>
        <MenuItem icon={ArrowUp} keys="Alt+↑" disabled={place === 0} onSelect={() => moveTo(place - 1)}>
          Move up
        </MenuItem>
        <MenuItem
          icon={ArrowDown}
          keys="Alt+↓"
          disabled={place === classes.length - 1}
          onSelect={() => moveTo(place + 1)}
        >
          Move down
        </MenuItem>
        <SubMenu icon={Merge} label="Merge into" disabled={others.length === 0}>
          {others.map(({ id, name }) => (
            <MenuItem key={id} onSelect={() => edit((dataset) => mergeClasses(dataset, row.id, id))}>
              <FileName name={name} />
            </MenuItem>
          ))}
        </SubMenu>
        <MenuLine />
        <MenuItem icon={Trash2} keys="Del" onSelect={() => edit((dataset) => deleteClass(dataset, row.id))}>
          Delete
        </MenuItem>
      </Menu>
      {picker.inputs}
      {burst && <BurstDialog row={row} onClose={() => setBurst(false)} />}
    </>
  );
}
