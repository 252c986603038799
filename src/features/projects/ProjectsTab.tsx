import { FolderPlus, Import } from 'lucide-react';
import { isPhotoFile } from '../../core/photoFile.ts';
import type { ProjectSummary } from '../../storage/projects/summaries.ts';
import { useStore } from '../../store/store.ts';
import { Button } from '../../ui/Button.tsx';
import { DropHint } from '../../ui/files/DropHint.tsx';
import { useFilePicker } from '../../ui/files/useFilePicker.tsx';
import { plural, visibleName } from '../../ui/format.ts';
import { DeletedNote, Note } from '../../ui/notes/Note.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { type DroppedFile, useFileDrop } from '../../ui/files/useFileDrop.ts';
import {
  deletedProject,
  deleteProject,
  duplicateProject,
  exportProject,
  importProject,
  renameProject,
  restoreDeleted,
} from './projectActions.ts';
import { ProjectItem } from './ProjectItem.tsx';
import { projectSession } from './keeping/ProjectSession.ts';
import styles from './projects.module.css';
import { StorageBar } from './StorageBar.tsx';
import { useProjects } from './useProjects.ts';
import { useWork } from './useWork.ts';

export interface ProjectsTabProps {
  /** Photos that were dropped here, where no photo has a place. */
  onPhotos: (photos: readonly File[]) => void;
}

/** What was made here: several projects, each kept as it grows, each of them a file to take away. */
export function ProjectsTab({ onPhotos }: ProjectsTabProps) {
  const { projects, use, problem, refresh } = useProjects();
  const notDurable = useStore((state) => state.notDurable !== null);
  const open = useStore((state) => state.project?.id);
  const setTab = useStore((state) => state.setTab);
  const work = useWork();
  const deleted = deletedProject.useLast((state) => state.last);
  const busy = work.running !== null;

  const show = (opening: Promise<void>) =>
    work.attempt(() =>
      opening.then(() => {
        const { dataset, runs, scenes, finderRuns } = useStore.getState();
        const onlyFinds = dataset.classes.length + runs.length === 0 && scenes.size + finderRuns.length > 0;
        setTab(onlyFinds ? 'find' : 'finetune');
      }),
    );
  const take = async (files: readonly File[]) => {
    for (const file of files) {
      await work.run(`Importing ${visibleName(file.name)}`, async (task, onProgress) => {
        const { id, notices } = await importProject(file, task, onProgress);
        const text = [`“${visibleName(file.name)}” is imported as a project of its own.`, ...notices].join(' ');
        work.say({ tone: notices.length > 0 ? 'warn' : 'info', text, projectId: id });
      });
    }
  };
  const picker = useFilePicker({
    filesLabel: 'Project files',
    accept: '.zip,application/zip',
    onFiles: (picked) => void take(picked.map(({ file }) => file)),
  });
  const takeOut = (project: ProjectSummary) =>
    void work.run(`Exporting ${visibleName(project.name)}`, async (task, onProgress) => {
      const done = await exportProject(project, task, onProgress);
      if (done && done.left > 0) {
        work.say({
          tone: 'warn',
          text: `${plural(done.left, 'photo')} could not be found and ${done.left === 1 ? 'was' : 'were'} left out.`,
        });
      }
    });
  const drop = (dropped: DroppedFile[]) => {
    const files = dropped.map(({ file }) => file);
    const photos = files.filter(({ name, type }) => isPhotoFile(name, type));
    if (photos.length > 0) onPhotos(photos);
    void take(files.filter((file) => !photos.includes(file)));
  };
  const over = useFileDrop(drop, (error) => work.attempt(() => Promise.reject(error)));

  const openButton = (id: string | undefined) =>
    id !== undefined && id !== open && <Button onClick={() => show(projectSession.open(id))}>Open it</Button>;
  const empty = projects?.length === 0;
  return (
    <div className={styles['tab']}>
      <div className={styles['head']}>
        <h2>Projects</h2>
        <div className={styles['actions']}>
          <Button icon={Import} onClick={picker.pickFiles} disabled={busy}>
            Import a file
          </Button>
          {picker.inputs}
          {!empty && (
            <Button look="primary" icon={FolderPlus} disabled={busy} onClick={() => show(projectSession.create())}>
              New project
            </Button>
          )}
        </div>
      </div>
      {work.running && (
        <div className={styles['running']} role="status">
          <span>{work.running.what}…</span>
          <ProgressBar label={work.running.what} fraction={work.running.fraction} />
          <Button onClick={work.stop}>Stop</Button>
        </div>
      )}
      {problem && <Note tone="error">{problem}</Note>}
      {work.said.map((one) => (
        <Note key={one.key} tone={one.tone} onDismiss={() => work.dismiss(one)} actions={openButton(one.projectId)}>
          {one.text}
        </Note>
      ))}
      {empty ? (
        <div className={styles['empty']}>
          <p>Your classes, photos and results appear here. They are saved automatically on this device.</p>
          <Button look="primary" onClick={() => setTab('finetune')}>
            Start in Fine-tune
          </Button>
        </div>
      ) : (
        <ul className={styles['list']} aria-label="Projects">
          {projects?.map((project) => (
            <ProjectItem
              key={project.id}
              project={project}
              open={project.id === open}
              busy={busy}
              onOpen={() => show(projectSession.open(project.id))}
              onRename={(name) => work.attempt(() => renameProject(project.id, name))}
              onDuplicate={() => work.attempt(() => duplicateProject(project))}
              onExport={() => takeOut(project)}
              onDelete={() => work.attempt(() => deleteProject(project))}
            />
          ))}
        </ul>
      )}
      {use && !notDurable && <StorageBar use={use} onAsked={refresh} />}
      {deleted && (
        <div className={styles['toast']}>
          <DeletedNote
            name={deleted.name}
            onUndo={() => work.attempt(restoreDeleted)}
            onDismiss={deletedProject.forget}
          />
        </div>
      )}
      {over && <DropHint text="Drop a project file, or a zip of class folders" />}
    </div>
  );
}
