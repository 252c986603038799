import { AnysizeError, messageOf } from '../../engine/errors.ts';
import { storage } from '../../storage/storageClient.ts';
import { useStore } from '../../store/store.ts';
import { thumbnailKept } from '../../store/thumbnails.ts';
import { hasWork, sameShared, sameWork, SOURCES, workOf } from './currentWork.ts';
import { notKept, refuseWhileBusy } from './keepingState.ts';
import { lastProject, rememberProject } from './lastProject.ts';
import { Ledger, type Work } from './Ledger.ts';
import { askToPersist } from './persistence.ts';
import { onTabs, tellTabs } from './projectChannel.ts';
import { type HeldLock, holdProject } from './projectLock.ts';
import { ProjectWriter } from './ProjectWriter.ts';
import { clearProject, restoreProject, showAgain } from './restoreProject.ts';
import { StoredIds } from './StoredIds.ts';

const FOLLOW_MS = 300;
/** How long a tab that has the project may take to save and let go before it is taken away. */
const YIELD_MS = 2_000;

/** What the fine-tuning tab does for projects; given by the app, since features do not know each other. */
export interface ProjectHooks {
  readWaiting: () => void;
  stopReading: () => void;
}

/** The open project: its way into the page's state and, with every change, back into storage. */
export class ProjectSession {
  private id: string | null = null;
  private ids = new StoredIds();
  private ledger = new Ledger(this.ids);
  /** Null while another tab has the right to write. */
  private writer: ProjectWriter | null = null;
  private lock: HeldLock | null = null;
  private waiting: AbortController | null = null;
  private followTimer: ReturnType<typeof setTimeout> | null = null;
  /** State as it was last restored or saved; changes are told by it. */
  private seen: Work | null = null;
  private applying = false;
  private saving: Promise<void> | null = null;
  /** Opening, closing and creating happen one after the other. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly hooks: ProjectHooks) {}

  /** Opens the project of the last visit and keeps what is made from now on. */
  async start(): Promise<void> {
    useStore.subscribe(() => this.onChange());
    onTabs((message) => {
      if (message.kind !== 'yield') useStore.getState().noteProjectsChanged();
      if (message.kind === 'saved' && message.project === this.id && !this.writer) this.followSoon();
      if (message.kind === 'yield' && message.project === this.id && this.writer) void this.yieldProject();
    });
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
      if (id === this.id) return;
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

  /** Closes the open project, if it is this one; what was made stays saved. */
  close(id: string): Promise<void> {
    return this.inTurn(async () => {
      if (id !== this.id) return;
      refuseWhileBusy();
      await this.leave();
    });
  }

  /** Becomes the tab that writes. */
  takeOver(): Promise<void> {
    return this.inTurn(async () => {
      const { id } = this;
      if (!id || this.writer) return;
      this.waiting?.abort();
      tellTabs({ kind: 'yield', project: id });
      const patience = AbortSignal.timeout(YIELD_MS);
      const lock = (await holdProject(id, 'wait', patience)) ?? (await holdProject(id, 'steal'));
      if (lock) await this.become(id, lock);
    });
  }

  /** Tries again what could not be saved. */
  save(): Promise<void> {
    this.saving ??= this.saveAll().finally(() => {
      this.saving = null;
      // Changed between the last look and now.
      this.onChange();
    });
    return this.saving;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => {});
    return result;
  }

  private async enter(id: string): Promise<void> {
    this.id = id;
    this.ids = new StoredIds();
    this.ledger = new Ledger(this.ids);
    const lock = await holdProject(id, 'now');
    try {
      if (lock) await this.become(id, lock);
      else await this.follow(id, true);
      rememberProject(id);
    } catch (error) {
      this.lock?.release();
      this.lock = null;
      this.id = null;
      this.apply(clearProject);
      useStore.getState().changeProjects({ project: null, keeping: 'none', keepingProblem: messageOf(error) });
      throw error;
    }
  }

  /** Reads the project and writes it from now on. */
  private async become(id: string, lock: HeldLock): Promise<void> {
    this.lock = lock;
    void lock.lost.then(() => this.lock === lock && this.demote());
    const writer = await ProjectWriter.claim(id);
    await this.restore(id, true);
    this.writer = writer;
    useStore.getState().changeProjects({ keeping: 'kept', keepingProblem: null });
    this.hooks.readWaiting();
  }

  /** Shows what another tab does, until that tab lets go. */
  private async follow(id: string, withSettings: boolean): Promise<void> {
    this.writer = null;
    await this.restore(id, withSettings);
    useStore.getState().changeProjects({ keeping: 'following', keepingProblem: null, refusedEdits: 0 });
    this.waiting?.abort();
    const waiting = new AbortController();
    this.waiting = waiting;
    void holdProject(id, 'wait', waiting.signal).then((lock) => {
      if (!lock) return;
      if (waiting.signal.aborted || this.id !== id) return lock.release();
      return this.inTurn(() => this.become(id, lock)).catch(notKept);
    });
  }

  private async restore(id: string, withSettings: boolean): Promise<void> {
    const loaded = await storage.load(id);
    this.applying = true;
    try {
      const notices = await restoreProject(loaded, this.ids, this.ledger, withSettings);
      for (const notice of notices) useStore.getState().addNotice(notice);
      useStore.getState().changeProjects({ project: { id, name: loaded.project.name } });
      this.seen = workOf(useStore.getState());
    } finally {
      this.applying = false;
    }
  }

  private apply(change: () => void): void {
    this.applying = true;
    change();
    this.seen = workOf(useStore.getState());
    this.applying = false;
  }

  /** Saves and lets go of the open project, and empties the page. */
  private async leave(): Promise<void> {
    if (!this.id) return;
    this.hooks.stopReading();
    await this.save();
    if (useStore.getState().keeping === 'unsaved') {
      throw new AnysizeError(
        'StorageFull',
        'Something of the open project is not saved yet. Make room, or export it, first.',
      );
    }
    this.waiting?.abort();
    this.waiting = null;
    this.id = null;
    this.writer = null;
    this.lock?.release();
    this.lock = null;
    this.apply(clearProject);
    useStore.getState().changeProjects({ project: null, keeping: 'none', keepingProblem: null });
  }

  private async yieldProject(): Promise<void> {
    await this.save();
    this.lock?.release();
    this.lock = null;
    this.demote();
  }

  /** Another tab writes now. */
  private demote(): void {
    const { id } = this;
    if (!id) return;
    this.writer = null;
    this.hooks.stopReading();
    this.inTurn(() => this.follow(id, false)).catch(notKept);
  }

  private followSoon(): void {
    this.followTimer ??= setTimeout(() => {
      this.followTimer = null;
      const { id } = this;
      if (id && !this.writer)
        this.inTurn(async () => this.id === id && !this.writer && this.restore(id, false)).catch(notKept);
    }, FOLLOW_MS);
  }

  private onChange(): void {
    if (this.applying) return;
    const state = useStore.getState();
    if (state.keeping === 'opening') return;
    const work = workOf(state);
    if (this.seen && sameWork(this.seen, work)) return;
    if (state.keeping === 'following') this.revert(work);
    else if (this.id) void this.save();
    else if (hasWork(state)) void this.begin();
  }

  /** What is changed while another tab writes cannot be kept, and so is not shown as if it were: the page says so. */
  private revert(work: Work): void {
    const { seen } = this;
    if (!seen) return;
    const refused = !sameShared(seen, work);
    this.apply(() => showAgain(seen));
    if (refused) useStore.getState().refuseEdit();
  }

  /** The first class or photo makes a project. */
  private begin(): Promise<void> {
    return this.inTurn(async () => {
      if (this.id || !hasWork(useStore.getState())) return;
      useStore.getState().changeProjects({ keeping: 'saving' });
      const id = crypto.randomUUID();
      const lock = await holdProject(id, 'now');
      this.ids = new StoredIds();
      this.ledger = new Ledger(this.ids);
      this.lock = lock;
      if (lock) void lock.lost.then(() => this.lock === lock && this.demote());
      this.id = id;
      this.writer = ProjectWriter.fresh(id);
      await this.save();
    }).catch(notKept);
  }

  /** Saves until nothing is left to save. */
  private async saveAll(): Promise<void> {
    const { changeProjects, noteProjectsChanged } = useStore.getState();
    try {
      for (;;) {
        const { id, writer } = this;
        if (!id || !writer) return;
        const work = workOf(useStore.getState());
        const draft = this.ledger.draft(work, SOURCES);
        this.seen = work;
        if (!draft) break;
        changeProjects({ keeping: 'saving' });
        const outcome = await writer.save(draft.batch);
        for (const url of draft.saved(outcome)) thumbnailKept(url);
        tellTabs({ kind: 'saved', project: id });
        noteProjectsChanged();
        if (draft.batch.photos.length > 0) askToPersist();
        if (outcome.problem) return changeProjects({ keeping: 'unsaved', keepingProblem: outcome.problem.message });
      }
      changeProjects({ keeping: 'kept', keepingProblem: null });
    } catch (error) {
      if (error instanceof Error && error.name === 'TakenOver') return this.demote();
      notKept(error);
    }
  }
}
