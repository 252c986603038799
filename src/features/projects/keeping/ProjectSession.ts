import { AnysizeError, messageOf } from '../../../core/errors.ts';
import { inTurn } from '../../../core/tasks/inTurn.ts';
import type { UnsavedChanges } from '../../../storage/projects/unsavedChanges.ts';
import { storage } from '../../../storage/storageClient.ts';
import { useStore } from '../../../store/store.ts';
import { plural } from '../../../ui/format.ts';
import { hasContents } from './projectContents.ts';
import { lastProject, rememberProject } from './lastProject.ts';
import { OpenProject } from './OpenProject.ts';
import { onTabs, type ProjectMessage, tellTabs } from './projectChannel.ts';
import { type HeldLock, holdProject, takeOverProject } from './projectLock.ts';
import { ProjectWriter } from './ProjectWriter.ts';
import { refuseWhileBusy } from './refuseWhileBusy.ts';
import { clearProject } from './restoreProject.ts';

const FOLLOW_MS = 300;

/** What the fine-tuning tab does for projects; given by the app, since features do not know each other. */
export interface ProjectHooks {
  readWaiting: () => void;
  stopReading: () => void;
}

/** Tells that something could not be kept, and why. */
function notKept(error: unknown): void {
  useStore.getState().changeProjects({ keeping: 'unsaved', keepingProblem: messageOf(error) });
}

/** Which project is open in this tab, and whether it is this tab that writes it. */
class ProjectSession {
  private project: OpenProject | null = null;
  private lock: HeldLock | null = null;
  private waiting: AbortController | null = null;
  private followTimer: ReturnType<typeof setTimeout> | null = null;
  private applying = false;
  private saving: Promise<void> | null = null;
  /** Opening, closing and creating happen one after the other. */
  private readonly inTurn = inTurn();

  private hooks: ProjectHooks = { readWaiting: () => {}, stopReading: () => {} };

  /** Opens the project of the last visit and keeps what is made from now on. */
  async start(hooks: ProjectHooks): Promise<void> {
    this.hooks = hooks;
    // For tests, and for anyone who looks: `kept` once everything that was done is safe.
    useStore.subscribe(({ keeping }) => (document.documentElement.dataset['keeping'] = keeping));
    useStore.subscribe(() => this.onChange());
    onTabs((message) => this.onMessage(message));
    const { changeProjects } = useStore.getState();
    try {
      const { reason } = await storage.state();
      changeProjects({ notDurable: reason });
      const projects = await storage.list();
      const last = projects.find(({ id }) => id === lastProject()) ?? projects[0];
      if (last) await this.open(last.id);
      else changeProjects({ keeping: 'none' });
    } catch (error) {
      changeProjects({ keeping: 'none', keepingProblem: messageOf(error) });
    }
    this.onChange();
  }

  /** Saves what is open and opens another project. */
  open(id: string): Promise<void> {
    return this.inTurn(async () => {
      if (id === this.project?.id) return;
      refuseWhileBusy();
      await this.leave();
      useStore.getState().changeProjects({ keeping: 'opening', keepingProblem: null });
      await this.enter(id);
    });
  }

  /** Makes an empty project and opens it. */
  async create(): Promise<void> {
    refuseWhileBusy();
    const id = await storage.create(null);
    tellTabs({ kind: 'list' });
    await this.open(id);
    useStore.getState().noteProjectsChanged();
  }

  /** Closes the open project, if it is this one, to delete it: what is not saved goes with it. */
  discard(id: string): Promise<void> {
    return this.inTurn(async () => {
      if (id !== this.project?.id) return;
      refuseWhileBusy();
      this.hooks.stopReading();
      await this.saving;
      this.letGo(null);
    });
  }

  /**
   * Becomes the tab that writes.
   * @throws AnysizeError `StorageFull` where the other tab has work for which there is no room
   */
  takeOver(): Promise<void> {
    return this.inTurn(async () => {
      const { project } = this;
      if (!project || project.writer) return;
      this.waiting?.abort();
      try {
        const lock = await takeOverProject(project.id);
        if (lock) await this.become(project, lock);
      } catch (error) {
        await this.follow(project, false);
        throw error;
      }
    });
  }

  /** The open project is not among those that are kept: where the browser has lost it, it is written anew. */
  missing(id: string): void {
    const { keeping } = useStore.getState();
    if (this.project?.id === id && (keeping === 'kept' || keeping === 'unsaved'))
      void this.save((open) => open.check());
  }

  /** Saves what is not saved yet, and what could not be saved before. */
  save(how: (open: OpenProject) => Promise<void> = (open) => open.save()): Promise<void> {
    this.saving ??= (this.project ? how(this.project) : Promise.resolve())
      .catch((error: unknown) => {
        if (error instanceof Error && error.name === 'TakenOver') this.demote();
        else notKept(error);
      })
      .finally(() => {
        this.saving = null;
        // Changed between the last look and now.
        this.onChange();
      });
    return this.saving;
  }

  /** Saves a project, where it is the open one. @returns where not all of it could be saved, all of it; null where it could */
  async saved(id: string): Promise<UnsavedChanges | null> {
    if (this.project?.id !== id) return null;
    await this.save();
    const { project } = this;
    if (project?.id !== id || !project.writer) return null;
    return project.unsaved() && project.everything();
  }

  private onMessage(message: ProjectMessage): void {
    const { project } = this;
    if (message.kind === 'saved' || message.kind === 'list') useStore.getState().noteProjectsChanged();
    if (message.kind === 'list' || message.project !== project?.id) return;
    if (message.kind === 'saved' && !project.writer) this.followSoon();
    if (message.kind === 'yield' && project.writer) void this.yieldProject(project);
  }

  private async enter(id: string): Promise<void> {
    const project = new OpenProject(id);
    this.project = project;
    const lock = await holdProject(id, 'now');
    try {
      if (lock) await this.become(project, lock);
      else await this.follow(project, true);
      rememberProject(id);
    } catch (error) {
      this.letGo(messageOf(error));
      throw error;
    }
  }

  /** Reads the project and writes it from now on. */
  private async become(project: OpenProject, lock: HeldLock): Promise<void> {
    this.hold(lock);
    const writer = await ProjectWriter.claim(project.id);
    await this.applied(() => project.restore(true));
    project.writer = writer;
    useStore.getState().changeProjects({ keeping: 'kept', keepingProblem: null });
    this.hooks.readWaiting();
  }

  private hold(lock: HeldLock | null): void {
    this.lock?.release();
    this.lock = lock;
    if (lock) void lock.lost.then(() => this.lock === lock && this.demote());
  }

  /** Shows what another tab does, until that tab lets go. */
  private async follow(project: OpenProject, withSettings: boolean): Promise<void> {
    project.writer = null;
    await this.applied(() => project.restore(withSettings));
    useStore.getState().changeProjects({ keeping: 'following', keepingProblem: null, refusedEdits: 0 });
    this.waiting?.abort();
    const waiting = new AbortController();
    this.waiting = waiting;
    void holdProject(project.id, 'wait', waiting.signal).then((lock) =>
      this.inTurn(async () => {
        if (waiting.signal.aborted || this.project !== project) lock?.release();
        else if (lock) await this.become(project, lock);
      }).catch((error: unknown) => this.letGo(messageOf(error))),
    );
  }

  private async applied<T>(work: () => T): Promise<Awaited<T>> {
    this.applying = true;
    try {
      return await work();
    } finally {
      this.applying = false;
    }
  }

  /** Saves and lets go of the open project, and empties the page. */
  private async leave(): Promise<void> {
    if (!this.project) return;
    this.hooks.stopReading();
    await this.save();
    if (useStore.getState().keeping === 'unsaved') {
      const message = 'Something of the open project is not saved yet. Make room, or export it, first.';
      throw new AnysizeError('StorageFull', message);
    }
    this.letGo(null);
  }

  /** Empties the page. @param problem what is to be told, in words */
  private letGo(problem: string | null): void {
    this.waiting?.abort();
    this.waiting = null;
    this.hold(null);
    this.project = null;
    this.applying = true;
    clearProject();
    this.applying = false;
    useStore.getState().changeProjects({ project: null, keeping: 'none', keepingProblem: problem });
  }

  /** Another tab asks for the project: it gets it, unless something would be lost that is only here. */
  private async yieldProject(project: OpenProject): Promise<void> {
    await this.save();
    if (this.project !== project) return;
    if (useStore.getState().keeping === 'unsaved') return tellTabs({ kind: 'refused', project: project.id });
    this.demote();
  }

  /** Another tab writes now. */
  private demote(): void {
    const { project } = this;
    if (!project) return;
    const lost = project.unsaved()?.photos.filter(({ blob }) => blob).length ?? 0;
    if (lost > 0) {
      const text = `${plural(lost, 'photo')} of this tab had not been kept when another tab took the project over, and`;
      useStore.getState().addNotice(`${text} ${lost === 1 ? 'is' : 'are'} missing now. Add what is missing again.`);
    }
    project.writer = null;
    this.hold(null);
    this.hooks.stopReading();
    this.inTurn(async () => {
      if (this.project === project) await this.follow(project, false);
    }).catch((error: unknown) => this.letGo(messageOf(error)));
  }

  private followSoon(): void {
    this.followTimer ??= setTimeout(() => {
      this.followTimer = null;
      const { project } = this;
      if (!project || project.writer) return;
      this.inTurn(async () => {
        if (this.project === project && !project.writer) await this.applied(() => project.restore(false));
      }).catch(notKept);
    }, FOLLOW_MS);
  }

  private onChange(): void {
    if (this.applying) return;
    const { project } = this;
    const state = useStore.getState();
    if (state.keeping === 'opening' || (project && !project.changed)) return;
    if (state.keeping === 'following') this.revert();
    else if (project) void this.save();
    else if (hasContents(state)) void this.begin();
  }

  /** What is changed while another tab writes cannot be kept, and so is not shown as if it were: the page says so. */
  private revert(): void {
    this.applying = true;
    const refused = this.project?.revert() ?? false;
    this.applying = false;
    if (refused) useStore.getState().refuseEdit();
  }

  /** The first class or photo makes a project. */
  private begin(): Promise<void> {
    return this.inTurn(async () => {
      if (this.project || !hasContents(useStore.getState())) return;
      useStore.getState().changeProjects({ keeping: 'saving' });
      const id = crypto.randomUUID();
      this.hold(await holdProject(id, 'now'));
      this.project = new OpenProject(id, ProjectWriter.fresh(id));
      await this.save();
    }).catch(notKept);
  }
}

/** The page's one session; it begins when the app starts it. */
export const projectSession = new ProjectSession();
