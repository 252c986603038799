import type { SaveOutcome, UnsavedChanges } from '../../../storage/projects/unsavedChanges.ts';
import { storage } from '../../../storage/storageClient.ts';
import { useStore } from '../../../store/store.ts';
import { thumbnailKept } from '../../../client/files.ts';
import { sameSharedContents, sameContents, SOURCES, contentsOf } from './projectContents.ts';
import { ChangeTracker, type ProjectContents } from './ChangeTracker.ts';
import { persistentStorage } from './persistentStorage.ts';
import { tellTabs } from './projectChannel.ts';
import { ProjectWriter } from './ProjectWriter.ts';
import { restoreProject, showAgain } from './restoreProject.ts';
import { StoredIdMap } from './StoredIdMap.ts';

const UNCHANGED: UnsavedChanges = {
  classes: null,
  options: null,
  photos: [],
  gonePhotos: [],
  runs: [],
  goneRuns: [],
  heads: null,
  find: null,
  finders: [],
  goneFinders: [],
};

/** The project that is open in this tab: its way into the page's state and, with every change, back into storage. */
export class OpenProject {
  private readonly ids = new StoredIdMap();
  private readonly tracker = new ChangeTracker(this.ids);
  /** State as it was last restored or saved; changes are told by it. */
  private seen: ProjectContents | null = null;

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
    const notices = await restoreProject(loaded, this.ids, this.tracker, withSettings);
    for (const notice of notices) useStore.getState().addNotice(notice);
    useStore.getState().changeProjects({ project: { id: this.id, name: loaded.project.name } });
    this.seen = contentsOf(useStore.getState());
  }

  /** Whether the page's state is not what it was when it was last restored or saved. */
  get changed(): boolean {
    return !this.seen || !sameContents(this.seen, contentsOf(useStore.getState()));
  }

  /** Shows the state as it was. @returns whether a part of it had changed that tabs share */
  revert(): boolean {
    const { seen } = this;
    if (!seen) return false;
    const refused = !sameSharedContents(seen, contentsOf(useStore.getState()));
    showAgain(seen);
    this.seen = contentsOf(useStore.getState());
    return refused;
  }

  /** What is not in storage; null where all is. */
  unsaved(): UnsavedChanges | null {
    return this.tracker.pending(contentsOf(useStore.getState()), SOURCES, 'all')?.batch ?? null;
  }

  /** All of the project, out of the page's memory. */
  everything(): UnsavedChanges | null {
    const state = useStore.getState();
    const batch = new ChangeTracker(this.ids).pending(contentsOf(state), SOURCES, 'all')?.batch;
    return batch ? { ...batch, name: state.project?.name ?? 'Project' } : null;
  }

  /** Looks whether the database still knows the project; where it was lost, it is written once more out of the page's memory. */
  async check(): Promise<void> {
    if (this.writer && !(await this.write(this.writer, UNCHANGED))) await this.save();
  }

  /** @returns null where the database has lost the project: now nothing of it counts as saved */
  private async write(writer: ProjectWriter, batch: UnsavedChanges): Promise<SaveOutcome | null> {
    try {
      return await writer.save(batch);
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ProjectLost')) throw error;
      this.tracker.forgetSaved();
      this.writer = ProjectWriter.fresh(this.id, useStore.getState().project?.name ?? null);
      return null;
    }
  }

  /**
   * Saves until nothing is left to save, where this tab may; the page's state says whether everything could be.
   * @throws AnysizeError `TakenOver`
   */
  async save(): Promise<void> {
    const { changeProjects, noteProjectsChanged } = useStore.getState();
    let problem: string | null = null;
    while (this.writer && problem === null) {
      const work = contentsOf(useStore.getState());
      const pending = this.tracker.pending(work, SOURCES);
      this.seen = work;
      if (!pending) break;
      const left = this.tracker.unkept(work);
      changeProjects({ keeping: 'saving', unkept: left > 0 ? { left, total: work.photos.size } : null });
      const outcome = await this.write(this.writer, pending.batch);
      if (!outcome) continue;
      for (const url of pending.saved(outcome)) thumbnailKept(url);
      tellTabs({ kind: 'saved', project: this.id });
      noteProjectsChanged();
      if (pending.batch.photos.length > 0) persistentStorage.askOnce();
      problem = outcome.problem?.message ?? null;
    }
    if (this.writer) {
      changeProjects({ keeping: problem === null ? 'kept' : 'unsaved', unkept: null, keepingProblem: problem });
    }
  }
}
