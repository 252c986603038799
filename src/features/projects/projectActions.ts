import { createUndo } from '../../client/createUndo.ts';
import { AnysizeError, messageOf } from '../../core/errors.ts';
import { nextName } from '../../core/nextName.ts';
import { safeName } from '../../formats/safeName.ts';
import type { Imported } from '../../storage/projects/importExport.ts';
import { storage } from '../../storage/storageClient.ts';
import type { ProjectSummary } from '../../storage/projects/summaries.ts';
import { useStore } from '../../store/store.ts';
import { saveBlob } from '../../ui/files/saveBlob.ts';
import { tellTabs } from './keeping/projectChannel.ts';
import { projectSession } from './keeping/ProjectSession.ts';

interface SavePickers {
  showSaveFilePicker?: (options: {
    suggestedName: string;
    types: { description: string; accept: Record<string, string[]> }[];
  }) => Promise<FileSystemFileHandle>;
}

function changed(): void {
  tellTabs({ kind: 'list' });
  useStore.getState().noteProjectsChanged();
}

export async function renameProject(id: string, name: string): Promise<void> {
  await storage.rename(id, name);
  const { project, changeProjects } = useStore.getState();
  if (project?.id === id) changeProjects({ project: { id, name } });
  changed();
}

export async function duplicateProject({ id, name }: ProjectSummary): Promise<void> {
  await projectSession.saved(id);
  await storage.duplicate(id, `${name} copy`);
  changed();
}

/** The project that was deleted last: it comes back while this offers it, then it goes for good. */
export const deletedProject = createUndo<ProjectSummary>(({ id }) => {
  storage.purge(id).then(changed, (error: unknown) => useStore.getState().addNotice(messageOf(error)));
});

export async function deleteProject(project: ProjectSummary): Promise<void> {
  await projectSession.discard(project.id);
  await storage.delete(project.id);
  changed();
  deletedProject.offer(project);
}

export async function restoreDeleted(): Promise<void> {
  const project = deletedProject.take();
  if (!project) return;
  await storage.restore(project.id);
  changed();
}

/** Asks for a place where the browser can, and writes the project file there; a download otherwise. Null when the person gave up. */
export async function exportProject(
  { id, name }: Pick<ProjectSummary, 'id' | 'name'>,
  task: string,
  onProgress: (fraction: number) => void,
): Promise<{ left: number } | null> {
  const unsaved = await projectSession.saved(id);
  const fileName = `${safeName(name, 'project')}.zip`;
  const handle = await pickPlace(fileName);
  if (handle === 'cancelled') return null;
  const { file, left } = await storage.export(task, id, unsaved, handle, onProgress);
  if (file) saveBlob(file, fileName);
  return { left };
}

/** Writes the open project into a file, out of the page's memory where the browser cannot keep it; what goes wrong is told. */
export async function exportOpenProject(): Promise<void> {
  const { project, addNotice } = useStore.getState();
  if (!project) return;
  await exportProject(project, nextName('export'), () => {}).catch((error: unknown) => addNotice(messageOf(error)));
}

async function pickPlace(suggestedName: string): Promise<FileSystemFileHandle | null | 'cancelled'> {
  const { showSaveFilePicker } = window as SavePickers;
  if (!showSaveFilePicker) return null;
  try {
    const types = [{ description: 'Project file', accept: { 'application/zip': ['.zip'] } }];
    return await showSaveFilePicker.call(window, { suggestedName, types });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return 'cancelled';
    // Pickers are forbidden in frames of other sites; a download is not.
    return null;
  }
}

export async function importProject(
  zip: File,
  task: string,
  onProgress: (fraction: number) => void,
): Promise<Imported> {
  if (zip.size === 0) throw new AnysizeError('BadArchive', `“${zip.name}” is empty.`);
  try {
    return await storage.import(task, zip, onProgress);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'BadArchive') || error.message.includes(zip.name)) throw error;
    throw new AnysizeError('BadArchive', `“${zip.name}”: ${error.message}`);
  } finally {
    changed();
  }
}
