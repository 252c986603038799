import { EllipsisVertical, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { createContext, type ReactNode, useContext, useRef } from 'react';
import { Button } from '../Button.tsx';
import { visibleName } from '../format.ts';
import styles from './Menu.module.css';

const { Root, Trigger, Portal, Content, Item, Separator, Sub, SubTrigger, SubContent } = DropdownMenu;

/** Takes the work that begins once the menu is gone. */
const AfterMenu = createContext<(work: () => void) => void>(() => {});

/** The button "What to do with …" and its menu, made of `MenuItem`s, `MenuLine`s and `SubMenu`s. */
export function Menu({ name, children }: { name: string; children: ReactNode }) {
  const next = useRef<(() => void) | null>(null);
  const onCloseAutoFocus = (event: Event) => {
    const work = next.current;
    if (!work) return;
    next.current = null;
    event.preventDefault();
    work();
  };
  return (
    <Root modal={false}>
      <Trigger asChild>
        <Button look="quiet" icon={EllipsisVertical} aria-label={`What to do with ${visibleName(name)}`} title="More" />
      </Trigger>
      <Portal container={document.querySelector('main')}>
        <Content className={styles['menu']} align="end" collisionPadding={8} onCloseAutoFocus={onCloseAutoFocus}>
          <AfterMenu value={(work) => (next.current = work)}>{children}</AfterMenu>
        </Content>
      </Portal>
    </Root>
  );
}

export interface MenuItemProps {
  icon?: LucideIcon;
  /** Keys that do the same, in words. */
  keys?: string;
  disabled?: boolean;
  onSelect: () => void;
  /** For what puts the focus elsewhere, such as renaming in place: it begins once the menu is gone, and the focus does not go back. */
  afterwards?: boolean;
  children: ReactNode;
}

export function MenuItem({ icon: Icon, keys, disabled = false, onSelect, afterwards, children }: MenuItemProps) {
  const after = useContext(AfterMenu);
  const select = afterwards ? () => after(onSelect) : onSelect;
  return (
    <Item className={styles['item']} disabled={disabled} onSelect={select}>
      {Icon && <Icon size={16} aria-hidden />}
      {children}
      {keys && <span className={styles['keys']}>{keys}</span>}
    </Item>
  );
}

export function MenuLine() {
  return <Separator className={styles['line']} />;
}

export interface SubMenuProps {
  icon: LucideIcon;
  label: string;
  disabled?: boolean;
  children: ReactNode;
}

/** An item that opens a menu of its own beside it. */
export function SubMenu({ icon: Icon, label, disabled = false, children }: SubMenuProps) {
  return (
    <Sub>
      <SubTrigger className={styles['item']} disabled={disabled}>
        <Icon size={16} aria-hidden />
        {label}
      </SubTrigger>
      <Portal container={document.querySelector('main')}>
        <SubContent className={styles['menu']} collisionPadding={8}>
          {children}
        </SubContent>
      </Portal>
    </Sub>
  );
}
