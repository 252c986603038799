import { severalAtOnce } from '../../core/tasks/severalAtOnce.ts';
import type { ClassRow, RunRow, ProjectOptions } from '../../core/project/model.ts';
import type { FinderRun } from '../../core/find/model.ts';
import type { ProjectFind } from '../../core/project/findModel.ts';
import type { HeadData } from '../../core/model.ts';
import type { Files } from './files.ts';
import { finderBlob, finderRecord } from './finderFiles.ts';
import { headNumbers, headRecord } from './headFile.ts';
import type { Change, HeadRecord, PhotoRecord, ProjectRecord, Records } from './records.ts';
import { isFull, storageError } from './storageErrors.ts';

export type PhotoToSave = Omit<PhotoRecord, 'project'>;

/** What has changed in a project since the last save. */
export interface UnsavedChanges {
  /** Only where all of a project is here: the name that the page knows it by. */
  name?: string;
  classes: readonly ClassRow[] | null;
  options: ProjectOptions | null;
  photos: {
    record: PhotoToSave;
    /** The file itself, where it is not kept yet. */
    blob: Blob | null;
    /** It was kept before its record was lost: where its file is still there, it stands. */
    again?: boolean;
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
  heads: { id: string; name: string; head: HeadData | null }[] | null;
  find: ProjectFind | null;
  /** New runs of finders, and changed ones. */
  finders: FinderRun[];
  goneFinders: string[];
}

export interface SaveOutcome {
  /** Photos that could not be kept; everything else of the batch is. */
  unsaved: number[];
  /** Runs whose head or finder could not be kept, and heads from a file, likewise. */
  unsavedRuns: string[];
  problem: { name: string; message: string } | null;
}

/** Photos that are written at a time: most of a small one's time is spent waiting for the browser. */
const AT_ONCE = 8;

/**
 * Writes the files of a batch, and tells the changes and the project's fields that then name them. A photo or head for which there is no room is left
 * out and named.
 */
export async function writeFiles(
  project: string,
  batch: UnsavedChanges,
  { records, files }: { records: Records; files: Files },
  makeRoom: () => Promise<void>,
): Promise<{ changes: Change[]; fields: Partial<ProjectRecord>; outcome: SaveOutcome }> {
  const changes: Change[] = [];
  const unsaved: number[] = [];
  const unsavedRuns: string[] = [];
  let full: unknown = null;
  let room: Promise<void> | null = null;
  const keep = async (file: string, blob: Blob, again = false): Promise<boolean> => {
    if (full !== null) return false;
    try {
      await files.write(file, blob.stream());
      return true;
    } catch (error) {
      if (!isFull(error)) throw error;
      if (again) {
        full ??= storageError(error);
        return false;
      }
      // Once, for all that are being written.
      room ??= makeRoom();
      await room;
      return keep(file, blob, true);
    }
  };
  const photos = await severalAtOnce(batch.photos, AT_ONCE, async ({ record, blob, thumbnail, again }) => {
    const stands = again === true && (await files.read(record.file))?.size === blob?.size;
    if (blob && !stands && !(await keep(record.file, blob))) return null;
    return { record, bytes: thumbnail && new Uint8Array(await thumbnail.arrayBuffer()) };
  });
  photos.forEach((photo, i) => {
    if (!photo) {
      unsaved.push(batch.photos[i]!.record.id);
      return;
    }
    const { record, bytes } = photo;
    changes.push({ put: 'photos', value: { ...record, project } });
    if (bytes) changes.push({ put: 'thumbnails', value: { project, id: record.id, bytes } });
  });
  const known = batch.runs.length > 0 ? await records.parts('runs', project) : [];
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
  const opened = batch.heads ? ((await records.project(project))?.heads ?? []) : [];
  for (const { id, name, head } of batch.heads ?? []) {
    let record = opened.find((one) => one.id === id);
    if (head && !record) {
      const file = crypto.randomUUID();
      if (await keep(file, headNumbers(head))) record = headRecord(head, file);
    }
    if (record) heads.push({ ...record, name });
    else unsavedRuns.push(id);
  }
  const finders = batch.finders.length > 0 ? await records.parts('finders', project) : [];
  for (const run of batch.finders) {
    const before = finders.find(({ id }) => id === run.id)?.finder;
    const file = before?.file ?? crypto.randomUUID();
    const numbers = before ? null : finderBlob(run.finder);
    if (numbers && !(await keep(file, numbers))) unsavedRuns.push(run.id);
    else changes.push({ put: 'finders', value: finderRecord(project, run, file, numbers?.size ?? before?.bytes ?? 0) });
  }
  for (const id of batch.gonePhotos) {
    changes.push({ delete: 'photos', key: [project, id] }, { delete: 'thumbnails', key: [project, id] });
  }
  for (const id of batch.goneRuns) changes.push({ delete: 'runs', key: [project, id] });
  for (const id of batch.goneFinders) changes.push({ delete: 'finders', key: [project, id] });
  const { classes, options, find } = batch;
  const fields = {
    ...(classes && { classes }),
    ...(options && { options }),
    ...(batch.heads && { heads }),
    ...(find && { find }),
  };
  const problem = full instanceof Error ? { name: full.name, message: full.message } : null;
  return { changes, fields, outcome: { unsaved, unsavedRuns, problem } };
}
