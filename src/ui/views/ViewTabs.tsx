import { Tabs } from 'radix-ui';
import type { ReactNode, Ref } from 'react';
import styles from './ViewTabs.module.css';

export interface ViewEntry<Id extends string> {
  id: Id;
  label: string;
  content: ReactNode;
  ref?: Ref<HTMLDivElement>;
}

export interface ViewTabsProps<Id extends string> {
  /** What the list of views is called. */
  label: string;
  views: readonly ViewEntry<Id>[];
  shown: Id;
  onShow: (id: Id) => void;
  /** Of the whole, of the list of views and of each view: where a page places them. */
  className?: string | undefined;
  tabsClassName?: string | undefined;
  viewClassName?: string | undefined;
  /** Between the list and the view. */
  children?: ReactNode;
}

/** The views of a tab: one at a time. */
export function ViewTabs<Id extends string>(props: ViewTabsProps<Id>) {
  const { label, views, shown, onShow, className, tabsClassName, viewClassName, children } = props;
  return (
    <Tabs.Root
      className={className}
      value={shown}
      onValueChange={(value) => onShow(value as Id)}
      activationMode="manual"
    >
      <Tabs.List className={`${styles['tabs']} ${tabsClassName ?? ''}`} aria-label={label}>
        {views.map((view) => (
          <Tabs.Trigger key={view.id} className={styles['tab']} value={view.id}>
            {view.label}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {children}
      {views.map(({ id, content, ref }) => (
        <Tabs.Content
          key={id}
          ref={ref}
          className={`${styles['view']} ${viewClassName ?? ''}`}
          value={id}
          tabIndex={-1}
        >
          {content}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
