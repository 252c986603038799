import { Copy, Download, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ProjectSummary } from '../../storage/projects/summaries.ts';
import { Button } from '../../ui/Button.tsx';
import { NameEditor } from '../../ui/fields/NameEditor.tsx';
import { FileName } from '../../ui/FileName.tsx';
import { bytes, moment, plural, visibleName, wholePercent } from '../../ui/format.ts';
import { Menu, MenuItem, MenuLine } from '../../ui/menu/Menu.tsx';
import { Mosaic } from './Mosaic.tsx';
import styles from './projects.module.css';

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

/** "Right on 44 of 50 photos it had never seen", or why there is no such number. */
function accuracyOf({ lastRun, lastFinder, runs }: ProjectSummary): string {
  if (!lastRun && lastFinder !== null) return `Finds with an average precision of ${wholePercent(lastFinder)}`;
  if (!lastRun) return runs === 0 ? 'Not trained yet' : 'Trained, not measured';
  return `Right on ${lastRun.right} of ${plural(lastRun.count, 'photo')} it had never seen`;
}

/** One project as a card: what is in it and what can be done with it. */
export function ProjectItem({ project, open, busy, onOpen, ...actions }: ProjectItemProps) {
  const [renaming, setRenaming] = useState(false);
  const rename = (text: string | null) => {
    setRenaming(false);
    const changed = text === project.name ? '' : (text?.trim() ?? '');
    if (changed !== '') actions.onRename(changed);
  };
  const label = 'Name of the project';
  return (
    <li className={`${styles['item']} ${open ? styles['open'] : ''}`}>
      <div className={styles['mosaic']}>
        <Mosaic project={project.id} photos={project.mosaic} />
      </div>
      <div className={styles['about']}>
        {renaming ? (
          <NameEditor className={styles['rename']} label={label} name={project.name} maxLength={200} onDone={rename} />
        ) : (
          <h3 className={styles['name']}>
            <FileName name={project.name} />
            {open && <span className={styles['badge']}>open</span>}
          </h3>
        )}
        <p className={styles['classes']}>
          {project.classes.length === 0 ? 'No classes yet' : project.classes.map(visibleName).join(', ')}
        </p>
        <p className={styles['facts']}>
          <span>{plural(project.photos, 'photo')}</span>
          {project.boxes > 0 && <span>{plural(project.boxes, 'box', 'boxes')}</span>}
          {project.classes.length > 2 && <span>{plural(project.classes.length, 'class', 'classes')}</span>}
          <span>{bytes(project.bytes)}</span>
        </p>
        <p className={styles['facts']}>{accuracyOf(project)}</p>
        <p className={styles['facts']}>
          <span>
            changed <time dateTime={project.changed}>{moment(project.changed)}</time>
          </span>
        </p>
      </div>
      <div className={styles['below']}>
        <Button onClick={onOpen} disabled={busy} aria-label={`${open ? 'Go to' : 'Open'} ${visibleName(project.name)}`}>
          {open ? 'Go to it' : 'Open'}
        </Button>
        <Menu name={project.name}>
          <MenuItem icon={Download} disabled={busy} onSelect={actions.onExport}>
            Export as a file
          </MenuItem>
          <MenuItem icon={Pencil} afterwards onSelect={() => setRenaming(true)}>
            Rename
          </MenuItem>
          <MenuItem icon={Copy} onSelect={actions.onDuplicate}>
            Duplicate
          </MenuItem>
          <MenuLine />
          <MenuItem icon={Trash2} onSelect={actions.onDelete}>
            Delete
          </MenuItem>
        </Menu>
      </div>
    </li>
  );
}
