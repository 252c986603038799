import type { UnsavedChanges, SaveOutcome } from '../../../storage/projects/unsavedChanges.ts';
import { storage } from '../../../storage/storageClient.ts';
import { useStore } from '../../../store/store.ts';
import { rememberProject } from './lastProject.ts';

/** The right to write a project, as the database sees it: saves with an older token are refused. */
export class ProjectWriter {
  private constructor(
    private readonly project: string,
    private readonly token: string,
    /** Whether the database does not know the project yet: the first save makes it, so that a kill leaves both or neither. */
    private unborn: boolean,
    /** The name it had; null for the next free one. */
    private readonly name: string | null = null,
  ) {}

  /** For a project that is there. */
  static async claim(project: string): Promise<ProjectWriter> {
    const token = await storage.claim(project);
    await storage.tidy(project, token);
    return new ProjectWriter(project, token, false);
  }

  /** For a project that its first save makes. */
  static fresh(project: string, name: string | null = null): ProjectWriter {
    return new ProjectWriter(project, crypto.randomUUID(), true, name);
  }

  async save(batch: UnsavedChanges): Promise<SaveOutcome> {
    const { project, token } = this;
    if (!this.unborn) return storage.save(project, token, batch);
    const { name, ...outcome } = await storage.begin(project, token, batch, this.name);
    this.unborn = false;
    rememberProject(project);
    useStore.getState().changeProjects({ project: { id: project, name } });
    return outcome;
  }
}
