import type { RunRow } from '../../core/project/model.ts';
import type { FinderRun } from '../../core/find/model.ts';
import { AnysizeError } from '../../core/errors.ts';
import type { HeadData } from '../../core/model.ts';
import { type UnsavedChanges, type SaveOutcome, writeFiles } from './unsavedChanges.ts';
import { whenNoOneWrites, whileWriting } from './fileLock.ts';
import type { Files } from './files.ts';
import { readFinder } from './finderFiles.ts';
import { readHead } from './headFile.ts';
import type { Change, Guard, PhotoRecord, ProjectRecord, Records } from './records.ts';
import { storageError } from './storageErrors.ts';
import { type ProjectSummary, summaryOf } from './summaries.ts';
import { UNDO_MS } from '../../core/project/model.ts';

/** Everything of a project but its photos' files and thumbnails. */
export interface LoadedProject {
  project: ProjectRecord;
  photos: PhotoRecord[];
  /** Newest first. */
  runs: { run: RunRow; head: HeadData }[];
  /** Those that came from a file. */
  heads: HeadData[];
  /** Newest first. */
  finders: FinderRun[];
  /** Sentences for the person: what could not be read. */
  notices: string[];
}

/** Projects with their photos, runs and heads. */
export class ProjectStorage {
  constructor(
    readonly records: Records,
    readonly files: Files,
    /** Deletes what can be made again; called when the disk is full. */
    private readonly makeRoom: () => Promise<void> = async () => {},
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Newest change first; deleted ones are not listed. */
  async list(): Promise<ProjectSummary[]> {
    const there = (await this.records.projects()).filter(({ deleted }) => deleted === null);
    const summaries = await Promise.all(there.map((project) => summaryOf(project, this.records)));
    return summaries.sort((a, b) => (a.changed < b.changed ? 1 : -1));
  }

  /**
   * Makes an empty project.
   * @param name null for "Project 1", "Project 2", …: the first that no project has
   * @returns its id
   */
  async create(name: string | null): Promise<string> {
    const id = crypto.randomUUID();
    await this.commit([{ put: 'projects', value: await this.newProject(id, name, null) }]);
    return id;
  }

  rename(id: string, name: string): Promise<void> {
    return this.commit([{ merge: id, fields: { name, changed: this.now().toISOString() } }]);
  }

  /**
   * Makes this tab the one that may write: saves with another token are refused from now on.
   * @throws AnysizeError `BadArgument` where the project is gone
   */
  async claim(id: string): Promise<string> {
    await this.existing(id);
    const writer = crypto.randomUUID();
    await this.commit([{ merge: id, fields: { writer } }]);
    return writer;
  }

  delete(id: string): Promise<void> {
    return this.commit([{ merge: id, fields: { deleted: this.now().toISOString(), writer: null } }]);
  }

  restore(id: string): Promise<void> {
    return this.commit([{ merge: id, fields: { deleted: null } }]);
  }

  /** Files are shared with the original: a duplicate takes no room until it changes. */
  async duplicate(id: string, name: string): Promise<string> {
    return whileWriting(async () => {
      const original = await this.existing(id);
      const at = this.now().toISOString();
      const project = { ...original, id: crypto.randomUUID(), name, created: at, changed: at, writer: null };
      const changes: Change[] = [{ put: 'projects', value: project }];
      const mine = { project: project.id };
      for (const value of await this.records.parts('photos', id)) {
        changes.push({ put: 'photos', value: { ...value, ...mine } });
      }
      for (const value of await this.records.parts('thumbnails', id)) {
        changes.push({ put: 'thumbnails', value: { ...value, ...mine } });
      }
      for (const value of await this.records.parts('runs', id)) {
        changes.push({ put: 'runs', value: { ...value, ...mine } });
      }
      for (const value of await this.records.parts('finders', id)) {
        changes.push({ put: 'finders', value: { ...value, ...mine } });
      }
      await this.commit(changes);
      return project.id;
    });
  }

  /**
   * Makes a project of its first changes, in one commit: a kill leaves both or neither.
   * @param name null for the next free "Project n"
   * @returns its name too
   * @throws AnysizeError `StorageFull` where nothing of it could be saved
   */
  async begin(
    id: string,
    writer: string,
    unsaved: UnsavedChanges,
    name: string | null = null,
  ): Promise<SaveOutcome & { name: string }> {
    const value = await this.newProject(id, name, writer);
    return { ...(await this.saveChanges(id, unsaved, [{ put: 'projects', value }])), name: value.name };
  }

  /**
   * Saves what has changed: first the files, then, at once, the records that name them. A photo for which there is no room is left out and named.
   * @throws AnysizeError `TakenOver`, `ProjectLost`, `StorageFull` where nothing of it could be saved
   */
  save(project: string, writer: string, unsaved: UnsavedChanges): Promise<SaveOutcome> {
    return this.saveChanges(project, unsaved, [], { project, writer });
  }

  private saveChanges(
    project: string,
    unsaved: UnsavedChanges,
    first: readonly Change[],
    guard?: Guard,
  ): Promise<SaveOutcome> {
    return whileWriting(async () => {
      const { changes, fields, outcome } = await writeFiles(project, unsaved, this, this.makeRoom);
      const changed = this.now().toISOString();
      await this.commit([...first, ...changes, { merge: project, fields: { ...fields, changed } }], guard);
      return outcome;
    });
  }

  /** @throws AnysizeError `BadArgument` where there is no such project */
  async load(id: string): Promise<LoadedProject> {
    const project = await this.existing(id);
    const [photos, records] = await Promise.all([this.records.parts('photos', id), this.records.parts('runs', id)]);
    const runs: LoadedProject['runs'] = [];
    for (const { head: record, project: _project, ...run } of records) {
      const head = await readHead(record, await this.files.read(record.file));
      // Renamed runs: the name that stands is the run's.
      if (head) runs.push({ run, head: { ...head, name: run.name, classes: run.classes } });
    }
    runs.sort((a, b) => (a.run.created < b.run.created ? 1 : -1));
    const opened = project.heads ?? [];
    const read = await Promise.all(opened.map(async (record) => readHead(record, await this.files.read(record.file))));
    const heads = read.filter((head) => head !== null);
    const finderRecords = await this.records.parts('finders', id);
    const finders = (
      await Promise.all(
        finderRecords.map(async (record) => readFinder(record, await this.files.read(record.finder.file))),
      )
    ).filter((run) => run !== null);
    finders.sort((a, b) => (a.created < b.created ? 1 : -1));
    const notices: string[] = [];
    const tell = (lost: number, what: string) => {
      const were = lost === 1 ? `1 ${what} was` : `${lost} ${what}s were`;
      if (lost > 0) notices.push(`${were} damaged in the browser's storage and left out.`);
    };
    tell(records.length - runs.length, 'run');
    tell(opened.length - heads.length, 'opened head');
    tell(finderRecords.length - finders.length, 'finder');
    return {
      project,
      photos,
      runs,
      heads,
      finders,
      notices,
    };
  }

  /**
   * Files and thumbnails of some photos, in the order asked for.
   * @param wanted number of each photo, and the name of its file where that is wanted too
   * @returns null for a file that is gone and for a thumbnail that was never made
   */
  photoParts(
    project: string,
    wanted: readonly { id: number; file: string | null }[],
  ): Promise<{ file: File | null; thumbnail: Blob | null }[]> {
    return Promise.all(
      wanted.map(async ({ id, file: name }) => {
        const [file, thumbnail] = await Promise.all([
          name === null ? null : this.files.read(name),
          this.records.part('thumbnails', [project, id]),
        ]);
        return { file, thumbnail: thumbnail && new Blob([thumbnail.bytes]) };
      }),
    );
  }

  /** Removes for good what was deleted longer ago than can be undone, or is named here, and the files that nothing names any more. */
  async purge(id?: string): Promise<void> {
    const limit = new Date(this.now().getTime() - 2 * UNDO_MS).toISOString();
    const gone = (await this.records.projects()).filter(
      (project) => project.deleted !== null && (project.id === id || project.deleted < limit),
    );
    const purged = await this.filesOf(gone);
    await this.commit(gone.map((project) => ({ purge: project.id })));
    await this.sweep(purged);
  }

  /**
   * Deletes the files that no record names: those of purged projects, and those of writes that a kill cut short. A database without any project
   * may have been lost, while the files were not: then only those that are known to be purged go.
   */
  async sweep(purged: ReadonlySet<string> = new Set()): Promise<void> {
    await whenNoOneWrites(async () => {
      const projects = await this.records.projects();
      const named = await this.filesOf(projects);
      for (const file of await this.files.list()) {
        if (!named.has(file) && (projects.length > 0 || purged.has(file))) await this.files.delete(file);
      }
    });
  }

  /** Names of all files of some projects. */
  private async filesOf(projects: readonly ProjectRecord[]): Promise<Set<string>> {
    const named = new Set<string>();
    for (const { id, heads = [] } of projects) {
      for (const { file } of heads) named.add(file);
      for (const { file } of await this.records.parts('photos', id)) named.add(file);
      for (const { head } of await this.records.parts('runs', id)) named.add(head.file);
      for (const { finder } of await this.records.parts('finders', id)) named.add(finder.file);
    }
    return named;
  }

  /** Records of photos that a project no longer shows: taken out of its classes and of Find, and in no run's gallery. */
  async tidy(id: string, writer: string): Promise<void> {
    const [photos, runs, finders] = await Promise.all([
      this.records.parts('photos', id),
      this.records.parts('runs', id),
      this.records.parts('finders', id),
    ]);
    const shown = new Set([
      ...runs.flatMap((run) => run.predictions.map((prediction) => prediction.id)),
      ...finders.flatMap(({ train, heldOut }) => [...train, ...heldOut]),
    ]);
    const changes = photos
      .filter((photo) => photo.member === null && !photo.scene && !shown.has(String(photo.id)))
      .flatMap((photo): Change[] => [
        { delete: 'photos', key: [id, photo.id] },
        { delete: 'thumbnails', key: [id, photo.id] },
      ]);
    if (changes.length > 0) await this.commit(changes, { project: id, writer });
  }

  private async newProject(id: string, name: string | null, writer: string | null): Promise<ProjectRecord> {
    const names = new Set(name === null ? (await this.records.projects()).map((project) => project.name) : []);
    let n = names.size + 1;
    while (names.has(`Project ${n}`)) n++;
    const at = this.now().toISOString();
    const fields = { created: at, changed: at, deleted: null, writer, classes: [], options: null };
    return { id, name: name ?? `Project ${n}`, ...fields };
  }

  async commit(changes: readonly Change[], guard?: Guard): Promise<void> {
    if (changes.length === 0) return;
    try {
      await this.records.commit(changes, guard);
    } catch (error) {
      throw storageError(error);
    }
  }

  async existing(id: string): Promise<ProjectRecord> {
    const project = await this.records.project(id);
    if (!project || project.deleted !== null) {
      throw new AnysizeError('BadArgument', 'That project has been deleted.');
    }
    return project;
  }
}
