import { EllipsisVertical } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { chooseHead } from '../../../client/chooseHead.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { visibleName } from '../../../ui/format.ts';
import { useAfterMenu } from '../../../ui/useAfterMenu.ts';
import styles from '../classes/ClassItem.module.css';
import { deleteHead } from './heads.ts';

export interface HeadMenuProps {
  id: string;
  name: string;
  onRename: () => void;
  /** More items, after the first. */
  children?: ReactNode;
}

/** What can be done to a run, and to a head that came from a file. */
export function HeadMenu({ id, name, onRename, children }: HeadMenuProps) {
  const inUse = useHeadInUse(id);
  const following = useStore((state) => state.keeping === 'following');
  const menu = useAfterMenu();
  const { Root, Trigger, Portal, Content, Item, Separator } = DropdownMenu;
  return (
    <Root modal={false}>
      <Trigger asChild>
        <Button look="quiet" icon aria-label={`What to do with ${visibleName(name)}`} title="More">
          <EllipsisVertical size={16} aria-hidden />
        </Button>
      </Trigger>
      <Portal container={document.querySelector('main')}>
        <Content className={styles['menu']} align="end" collisionPadding={8} onCloseAutoFocus={menu.onCloseAutoFocus}>
          <Item className={styles['option']} disabled={inUse} onSelect={() => chooseHead({ id })}>
            Use in Classify
          </Item>
          {children}
          <Item className={styles['option']} disabled={following} onSelect={menu.after(onRename)}>
            Rename
          </Item>
          <Separator className={styles['line']} />
          <Item className={styles['option']} disabled={following} onSelect={() => deleteHead(id)}>
            Delete
          </Item>
        </Content>
      </Portal>
    </Root>
  );
}

/** Whether Classify answers with this head. */
export function useHeadInUse(id: string): boolean {
  return useStore(({ settings: { head } }) => typeof head !== 'string' && head.id === id);
}
