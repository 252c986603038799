import { Copy, Download, EllipsisVertical, Pencil, Trash2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import type { ProjectSummary } from '../../storage/projects/summaries.ts';
import { Button } from '../../ui/Button.tsx';
import { FileName } from '../../ui/FileName.tsx';
import { bytes, plural, visibleName } from '../../ui/format.ts';
import { NameEditor } from '../../ui/fields/NameEditor.tsx';
import { useAfterMenu } from '../../ui/useAfterMenu.ts';
import styles from './ProjectsTab.module.css';

export interface ProjectItemProps {
  project: ProjectSummary;
  open: boolean;
  busy: boolean;
  onOpen: () => void;
  onRename: (name: string) => void;
  onDuplicate: () => void;
  onExport: () => void;
  onDelete: () => void;
}

const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** One project: what is in it and what can be done with it. */
export function ProjectItem({ project, open, busy, onOpen, ...actions }: ProjectItemProps) {
  const [renaming, setRenaming] = useState(false);
  const menu = useAfterMenu();
  const { Root, Trigger, Portal, Content, Item, Separator } = DropdownMenu;
  const name = visibleName(project.name);
  return (
    <li className={`${styles['item']} ${open ? styles['open'] : ''}`}>
      <div className={styles['about']}>
        {renaming ? (
          <NameEditor
            className={styles['rename']}
            label="Name of the project"
            name={project.name}
            maxLength={200}
            onDone={(text) => {
              setRenaming(false);
              const changed = text === project.name ? '' : (text?.trim() ?? '');
              if (changed !== '') actions.onRename(changed);
            }}
          />
        ) : (
          <h3 className={styles['name']}>
            <FileName name={project.name} />
            {open && <span className={styles['badge']}>open</span>}
          </h3>
        )}
        <p className={styles['facts']}>
          <span>{plural(project.photos, 'photo')}</span>
          <span>{plural(project.classes, 'class', 'classes')}</span>
          <span>{plural(project.runs, 'run')}</span>
          <span>{bytes(project.bytes)}</span>
          <span>
            changed <time dateTime={project.changed}>{time.format(new Date(project.changed))}</time>
          </span>
        </p>
      </div>
      <Button onClick={onOpen} disabled={busy} aria-label={`${open ? 'Go to' : 'Open'} ${name}`}>
        {open ? 'Go to it' : 'Open'}
      </Button>
      <Root modal={false}>
        <Trigger asChild>
          <Button look="quiet" icon aria-label={`What to do with ${name}`} title="More">
            <EllipsisVertical size={16} aria-hidden />
          </Button>
        </Trigger>
        <Portal>
          <Content className={styles['menu']} align="end" collisionPadding={8} onCloseAutoFocus={menu.onCloseAutoFocus}>
            <Item className={styles['option']} disabled={busy} onSelect={actions.onExport}>
              <Download size={16} aria-hidden />
              Export as a file
            </Item>
            <Item className={styles['option']} onSelect={menu.after(() => setRenaming(true))}>
              <Pencil size={16} aria-hidden />
              Rename
            </Item>
            <Item className={styles['option']} onSelect={actions.onDuplicate}>
              <Copy size={16} aria-hidden />
              Duplicate
            </Item>
            <Separator className={styles['line']} />
            <Item className={styles['option']} onSelect={actions.onDelete}>
              <Trash2 size={16} aria-hidden />
              Delete
            </Item>
          </Content>
        </Portal>
      </Root>
    </li>
  );
}
