import type { Batch } from '../../../storage/projects/changes.ts';
import { storage } from '../../../storage/storageClient.ts';
import { useStore } from '../../../store/store.ts';
import { thumbnailKept } from '../../../client/files.ts';
import { sameShared, sameWork, SOURCES, workOf } from './currentWork.ts';
import { Ledger, type Work } from './Ledger.ts';
import { askToKeepOnce } from './persistence.ts';
import { tellTabs } from './projectChannel.ts';
import type { ProjectWriter } from './ProjectWriter.ts';
import { restoreProject, showAgain } from './restoreProject.ts';
import { StoredIds } from './StoredIds.ts';

/** The project that is open in this tab: its way into the page's state and, with every change, back into storage. */
export class OpenProject {
  private readonly ids = new StoredIds();
  private readonly ledger = new Ledger(this.ids);
  /** State as it was last restored or saved; changes are told by it. */
  private seen: Work | null = null;

  constructor(
    readonly id: string,
    /** Null while another tab has the right to write. */
    public writer: ProjectWriter | null = null,
  ) {}

  /**
   * Reads the project into the page's state.
   * @throws AnysizeError `BadArgument` where it is gone
   */
  async restore(withSettings: boolean): Promise<void> {
    const loaded = await storage.load(this.id);
    const notices = await restoreProject(loaded, this.ids, this.ledger, withSettings);
    for (const notice of notices) useStore.getState().addNotice(notice);
    useStore.getState().changeProjects({ project: { id: this.id, name: loaded.project.name } });
    this.seen = workOf(useStore.getState());
  }

  /** Whether the page's state is not what it was when it was last restored or saved. */
  get changed(): boolean {
    return !this.seen || !sameWork(this.seen, workOf(useStore.getState()));
  }

  /** Shows the state as it was. @returns whether a part of it had changed that tabs share */
  revert(): boolean {
    const { seen } = this;
    if (!seen) return false;
    const refused = !sameShared(seen, workOf(useStore.getState()));
    showAgain(seen);
    this.seen = workOf(useStore.getState());
    return refused;
  }

  /** What is not in storage; null where all is. */
  unsaved(): Batch | null {
    return this.ledger.draft(workOf(useStore.getState()), SOURCES, 'all')?.batch ?? null;
  }

  /**
   * Saves until nothing is left to save.
   * @returns why not everything could be saved, in words; null where it could
   * @throws AnysizeError `TakenOver`
   */
  async save(): Promise<string | null> {
    const { changeProjects, noteProjectsChanged } = useStore.getState();
    while (this.writer) {
      const work = workOf(useStore.getState());
      const draft = this.ledger.draft(work, SOURCES);
      this.seen = work;
      if (!draft) break;
      changeProjects({ keeping: 'saving' });
      const outcome = await this.writer.save(draft.batch);
      for (const url of draft.saved(outcome)) thumbnailKept(url);
      tellTabs({ kind: 'saved', project: this.id });
      noteProjectsChanged();
      if (draft.batch.photos.length > 0) askToKeepOnce();
      if (outcome.problem) return outcome.problem.message;
    }
    return null;
  }
}
