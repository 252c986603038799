import { useEffect, useState } from 'react';
import type { ProjectSummary } from '../../storage/projects/summaries.ts';
import { UNDO_MS } from '../../core/project/model.ts';
import { Button } from '../../ui/Button.tsx';
import { visibleName } from '../../ui/format.ts';
import { Note } from '../../ui/Note.tsx';
import { deleteProject, purgeProject, restoreProject } from './projectActions.ts';
import styles from './ProjectsTab.module.css';

/** Deleting with a way back: the toast stands for half a minute, then the project goes for good. */
export function useDeleted(attempt: (work: () => Promise<unknown>) => void) {
  const [last, setLast] = useState<ProjectSummary | null>(null);
  useEffect(() => {
    if (!last) return;
    const timer = setTimeout(() => {
      setLast(null);
      attempt(() => purgeProject(last.id));
    }, UNDO_MS);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- one timer for each deletion
  }, [last]);
  const forget = () => {
    if (last) attempt(() => purgeProject(last.id));
    setLast(null);
  };
  return {
    remove: (project: ProjectSummary) =>
      attempt(async () => {
        await deleteProject(project.id);
        setLast(project);
      }),
    toast: last && (
      <div className={styles['toast']}>
        <Note
          onDismiss={forget}
          actions={
            <Button
              onClick={() => {
                setLast(null);
                attempt(() => restoreProject(last.id));
              }}
            >
              Undo
            </Button>
          }
        >
          Deleted “{visibleName(last.name)}”.
        </Note>
      </div>
    ),
  };
}
