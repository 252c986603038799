import { AnysizeError } from '../engine/errors.ts';
import type { HeadData } from '../engine/protocol.ts';
import type { ClassRow } from '../store/dataset.ts';
import type { RunRow } from '../store/training.ts';
import { whenNoOneWrites, whileWriting } from './fileLock.ts';
import type { Files } from './files.ts';
import { headNumbers, headRecord, readHead } from './headFile.ts';
import type { Change, HeadRecord, PhotoRecord, ProjectOptions, ProjectRecord, Records } from './records.ts';
import { isFull, storageError } from './storageErrors.ts';
import { type ProjectSummary, summaryOf } from './summaries.ts';

export type PhotoToSave = Omit<PhotoRecord, 'project'>;

/** What has changed in a project since the last save. */
export interface Batch {
  classes: readonly ClassRow[] | null;
  options: ProjectOptions | null;
  photos: {
    record: PhotoToSave;
    /** The file itself, where it is not kept yet. */
    blob: Blob | null;
    /** Null leaves the one that is kept. */
    thumbnail: Blob | null;
  }[];
  gonePhotos: number[];
  runs: {
    run: RunRow;
    /** The head, where it is not kept yet. */
    head: HeadData | null;
  }[];
  goneRuns: string[];
  /** All heads that came from a file, each with its numbers where they are not kept yet; null where nothing has changed. */
  heads: { id: string; head: HeadData | null }[] | null;
}

export interface SaveOutcome {
  /** Photos that could not be kept; everything else of the batch is. */
  unsaved: number[];
  /** Runs whose head could not be kept, and heads from a file, likewise. */
  unsavedRuns: string[];
  problem: { name: string; message: string } | null;
}

/** Everything of a project but its photos' files and thumbnails. */
export interface LoadedProject {
  project: ProjectRecord;
  photos: PhotoRecord[];
  /** Newest first. */
  runs: { run: RunRow; head: HeadData }[];
  /** Those that came from a file. */
  heads: HeadData[];
  /** Sentences for the person: what could not be read. */
  notices: string[];
}

/** A deleted project can be taken back for this long. */
export const UNDO_MS = 30_000;

/** Projects with their photos, runs and heads. */
export class ProjectStorage {
  constructor(
    readonly records: Records,
    readonly files: Files,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Newest change first; deleted ones are not listed. */
  async list(): Promise<ProjectSummary[]> {
    const there = (await this.records.projects()).filter(({ deleted }) => deleted === null);
    const summaries = await Promise.all(there.map((project) => summaryOf(project, this.records)));
    return summaries.sort((a, b) => (a.changed < b.changed ? 1 : -1));
  }

  /** @returns the new project's id */
  async create(name: string): Promise<string> {
    const at = this.now().toISOString();
    const id = crypto.randomUUID();
    const project = { id, name, created: at, changed: at, deleted: null, writer: null, classes: [], options: null };
    await this.commit([{ put: 'projects', value: project }]);
    return id;
  }

  rename(id: string, name: string): Promise<void> {
    return this.commit([{ merge: id, fields: { name, changed: this.now().toISOString() } }]);
  }

  /** Makes this tab the one that may write: saves with another token are refused from now on. */
  async claim(id: string): Promise<string> {
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
      await this.commit(changes);
      return project.id;
    });
  }

  /**
   * Saves a batch: first the files, then, at once, the records that name them. A photo for which there is no room is left out and named.
   * @throws AnysizeError `TakenOver`, `StorageFull` where nothing of it could be saved
   */
  save(project: string, writer: string, batch: Batch): Promise<SaveOutcome> {
    return whileWriting(async () => {
      const changes: Change[] = [];
      const unsaved: number[] = [];
      const unsavedRuns: string[] = [];
      let full: unknown = null;
      const keep = async (file: string, blob: Blob): Promise<boolean> => {
        if (full !== null) return false;
        try {
          await this.files.write(file, blob.stream());
          return true;
        } catch (error) {
          if (!isFull(error)) throw error;
          full = storageError(error);
          return false;
        }
      };
      for (const { record, blob, thumbnail } of batch.photos) {
        if (blob && !(await keep(record.file, blob))) {
          unsaved.push(record.id);
          continue;
        }
        changes.push({ put: 'photos', value: { ...record, project } });
        if (thumbnail) {
          const bytes = new Uint8Array(await thumbnail.arrayBuffer());
          changes.push({ put: 'thumbnails', value: { project, id: record.id, bytes } });
        }
      }
      const known = batch.runs.length > 0 ? await this.records.parts('runs', project) : [];
      const kept = new Map(known.map((run) => [run.id, run.head]));
      for (const { run, head } of batch.runs) {
        let record = kept.get(run.id);
        if (head && !record) {
          const file = crypto.randomUUID();
          if (await keep(file, headNumbers(head))) record = headRecord(head, file);
        }
        if (record) changes.push({ put: 'runs', value: { ...run, project, head: record } });
        else unsavedRuns.push(run.id);
      }
      const heads: HeadRecord[] = [];
      const opened = batch.heads ? ((await this.records.project(project))?.heads ?? []) : [];
      for (const { id, head } of batch.heads ?? []) {
        let record = opened.find((one) => one.id === id);
        if (head && !record) {
          const file = crypto.randomUUID();
          if (await keep(file, headNumbers(head))) record = headRecord(head, file);
        }
        if (record) heads.push(record);
        else unsavedRuns.push(id);
      }
      for (const id of batch.gonePhotos) {
        changes.push({ delete: 'photos', key: [project, id] }, { delete: 'thumbnails', key: [project, id] });
      }
      for (const id of batch.goneRuns) changes.push({ delete: 'runs', key: [project, id] });
      const { classes, options } = batch;
      const changed = this.now().toISOString();
      const fields = {
        changed,
        ...(classes && { classes }),
        ...(options && { options }),
        ...(batch.heads && { heads }),
      };
      changes.push({ merge: project, fields });
      await this.commit(changes, { project, writer });
      return {
        unsaved,
        unsavedRuns,
        problem: full instanceof Error ? { name: full.name, message: full.message } : null,
      };
    });
  }

  /** @throws AnysizeError `BadArgument` where there is no such project */
  async load(id: string): Promise<LoadedProject> {
    const project = await this.existing(id);
    const [photos, records] = await Promise.all([this.records.parts('photos', id), this.records.parts('runs', id)]);
    const runs: LoadedProject['runs'] = [];
    for (const { head: record, project: _project, ...run } of records) {
      const head = await readHead(record, await this.files.read(record.file));
      if (head) runs.push({ run, head });
    }
    runs.sort((a, b) => (a.run.created < b.run.created ? 1 : -1));
    const opened = project.heads ?? [];
    const read = await Promise.all(opened.map(async (record) => readHead(record, await this.files.read(record.file))));
    const heads = read.filter((head) => head !== null);
    const notices: string[] = [];
    const tell = (lost: number, what: string) => {
      const were = lost === 1 ? `1 ${what} was` : `${lost} ${what}s were`;
      if (lost > 0) notices.push(`${were} damaged in the browser's storage and left out.`);
    };
    tell(records.length - runs.length, 'run');
    tell(opened.length - heads.length, 'opened head');
    return {
      project,
      photos,
      runs,
      heads,
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
    await this.commit(gone.map((project) => ({ purge: project.id })));
    await this.sweep();
  }

  /** Deletes the files that no record names: those of purged projects, and those of writes that a kill cut short. */
  async sweep(): Promise<void> {
    await whenNoOneWrites(async () => {
      const named = new Set<string>();
      for (const { id, heads = [] } of await this.records.projects()) {
        for (const { file } of heads) named.add(file);
        for (const { file } of await this.records.parts('photos', id)) named.add(file);
        for (const { head } of await this.records.parts('runs', id)) named.add(head.file);
      }
      for (const file of await this.files.list()) if (!named.has(file)) await this.files.delete(file);
    });
  }

  /** Records of photos and runs that a project no longer shows: taken out of its classes, and in no run's gallery. */
  async tidy(id: string, writer: string): Promise<void> {
    const [photos, runs] = await Promise.all([this.records.parts('photos', id), this.records.parts('runs', id)]);
    const shown = new Set(runs.flatMap((run) => run.predictions.map((prediction) => prediction.id)));
    const changes = photos
      .filter((photo) => photo.member === null && !shown.has(String(photo.id)))
      .flatMap((photo): Change[] => [
        { delete: 'photos', key: [id, photo.id] },
        { delete: 'thumbnails', key: [id, photo.id] },
      ]);
    if (changes.length > 0) await this.commit(changes, { project: id, writer });
  }

  async commit(changes: readonly Change[], guard?: { project: string; writer: string }): Promise<void> {
    if (changes.length === 0) return;
    try {
      await this.records.commit(changes, guard);
    } catch (error) {
      throw storageError(error);
    }
  }

  async existing(id: string): Promise<ProjectRecord> {
    const project = await this.records.project(id);
    if (!project) throw new AnysizeError('BadArgument', 'That project is no longer there.');
    return project;
  }
}
