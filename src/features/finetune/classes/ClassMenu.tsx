import type { ClassRow } from '../../../core/project/model.ts';
import { ArrowDown, ArrowUp, Camera, EllipsisVertical, FileImage, Merge, Palette, Pencil, Trash2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { deleteClass, mergeClasses, recolourClass, reorderClass } from '../../../store/dataset.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { CLASS_COLOURS } from '../../../ui/charts/classPalette.ts';
import { FileName } from '../../../ui/FileName.tsx';
import { visibleName } from '../../../ui/format.ts';
import { BurstDialog } from '../adding/BurstDialog.tsx';
import { useAfterMenu } from '../../../ui/useAfterMenu.ts';
import styles from './ClassItem.module.css';
import type { Adding } from '../adding/useAdding.ts';
import { usePicker } from '../adding/usePicker.tsx';

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
  const picker = usePicker((files) => adding.add(files, row.id));
  const [burst, setBurst] = useState(false);
  const others = classes.filter(({ id }) => id !== row.id);
  const menu = useAfterMenu();
  const { Root, Trigger, Portal, Content, Item, Separator, Sub, SubTrigger, SubContent } = DropdownMenu;
  return (
    <>
      <Root modal={false}>
        <Trigger asChild>
          <Button look="quiet" icon aria-label={`What to do with ${visibleName(row.name)}`} title="More">
            <EllipsisVertical size={16} aria-hidden />
          </Button>
        </Trigger>
        <Portal container={document.querySelector('main')}>
          <Content className={styles['menu']} align="end" collisionPadding={8} onCloseAutoFocus={menu.onCloseAutoFocus}>
            <Item className={styles['option']} onSelect={picker.pickFiles}>
              <FileImage size={16} aria-hidden />
              Add photos
            </Item>
            <Item className={styles['option']} onSelect={() => setBurst(true)}>
              <Camera size={16} aria-hidden />
              Camera burst
            </Item>
            <Separator className={styles['line']} />
            <Item className={styles['option']} onSelect={menu.after(onRename)}>
              <Pencil size={16} aria-hidden />
              Rename
              <span className={styles['keys']}>F2</span>
            </Item>
            <Sub>
              <SubTrigger className={styles['option']}>
                <Palette size={16} aria-hidden />
                Colour
              </SubTrigger>
              <Portal container={document.querySelector('main')}>
                <SubContent className={styles['menu']} collisionPadding={8}>
                  {CLASS_COLOURS.map(({ name, css }, colour) => (
                    <Item
                      key={name}
                      className={styles['option']}
                      onSelect={() => edit((dataset) => recolourClass(dataset, row.id, colour))}
                    >
                      <span className={styles['swatch']} style={{ background: css }} />
                      {name}
                    </Item>
                  ))}
                </SubContent>
              </Portal>
            </Sub>
            <Item
              className={styles['option']}
              disabled={place === 0}
              onSelect={() => edit((dataset) => reorderClass(dataset, row.id, place - 1))}
            >
              <ArrowUp size={16} aria-hidden />
              Move up
              <span className={styles['keys']}>Alt+↑</span>
            </Item>
            <Item
              className={styles['option']}
              disabled={place === classes.length - 1}
              onSelect={() => edit((dataset) => reorderClass(dataset, row.id, place + 1))}
            >
              <ArrowDown size={16} aria-hidden />
              Move down
              <span className={styles['keys']}>Alt+↓</span>
            </Item>
            <Sub>
              <SubTrigger className={styles['option']} disabled={others.length === 0}>
                <Merge size={16} aria-hidden />
                Merge into
              </SubTrigger>
              <Portal container={document.querySelector('main')}>
                <SubContent className={styles['menu']} collisionPadding={8}>
                  {others.map(({ id, name }) => (
                    <Item
                      key={id}
                      className={styles['option']}
                      onSelect={() => edit((dataset) => mergeClasses(dataset, row.id, id))}
                    >
                      <FileName name={name} />
                    </Item>
                  ))}
                </SubContent>
              </Portal>
            </Sub>
            <Separator className={styles['line']} />
            <Item className={styles['option']} onSelect={() => edit((dataset) => deleteClass(dataset, row.id))}>
              <Trash2 size={16} aria-hidden />
              Delete
              <span className={styles['keys']}>Del</span>
            </Item>
          </Content>
        </Portal>
      </Root>
      {picker.inputs}
      {burst && <BurstDialog row={row} onClose={() => setBurst(false)} />}
    </>
  );
}
