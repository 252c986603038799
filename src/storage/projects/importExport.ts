import type { HeadData } from '../../core/model.ts';
import type { PhotoRead, PhotoSink, ReadOptions } from '../../formats/project/projectFileRead.ts';
import { readProjectFile } from '../../formats/project/projectFileRead.ts';
import { type PhotoToWrite, writeProjectFile } from '../../formats/project/projectFileWrite.ts';
import type { UnsavedChanges } from './unsavedChanges.ts';
import { whileWriting } from './fileLock.ts';
import { finderBlob, finderRecord } from './finderFiles.ts';
import { headNumbers, headRecord } from './headFile.ts';
import type { LoadedProject, ProjectStorage } from './ProjectStorage.ts';
import type { Change, HeadRecord, PhotoRecord } from './records.ts';
import { storageError } from './storageErrors.ts';
import { withUnsaved } from './withUnsaved.ts';

export interface ExportOptions {
  /** What could not be saved and goes out all the same. */
  unsaved?: UnsavedChanges | null;
  onProgress?: (fraction: number) => void;
  signal?: AbortSignal;
}

/**
 * Writes a project into a zip. Where that fails, the stream is aborted.
 * @returns how many photos were left out because their bytes are gone
 */
export async function exportProject(
  storage: ProjectStorage,
  id: string,
  out: WritableStream<Uint8Array>,
  { unsaved = null, onProgress, signal }: ExportOptions = {},
): Promise<number> {
  try {
    const loaded = await loadOrNothing(storage, id, unsaved);
    const { project, photos, runs, heads, finders, blobs } = unsaved
      ? withUnsaved(loaded, unsaved)
      : { ...loaded, blobs: null };
    const { name, created, changed, classes, options } = project;
    const written = photos.flatMap((photo): PhotoToWrite[] => {
      const { member, scene, file } = photo;
      if (!member && !scene) return [];
      const { id, name, path, type } = photo;
      const { classId, holdout } = member ?? { classId: null, holdout: null };
      const unreadable = photo.status === 'failed';
      const open = async () => blobs?.get(id) ?? storage.files.read(file);
      return [{ id, name, path, type, classId, holdout, ...(scene && { scene }), unreadable, open }];
    });
    const contents = {
      name,
      created,
      changed,
      classes,
      options,
      photos: written,
      runs,
      heads,
      find: project.find ?? null,
      finders,
    };
    return await writeProjectFile(contents, out, onProgress, signal);
  } catch (error) {
    await out.abort(error).catch(() => {});
    throw storageError(error);
  }
}

/** A project as it is kept; where the database cannot give it, an empty one, into which goes what the page still has. */
async function loadOrNothing(
  storage: ProjectStorage,
  id: string,
  unsaved: UnsavedChanges | null,
): Promise<LoadedProject> {
  try {
    return await storage.load(id);
  } catch (error) {
    // Without its classes it is not the whole project.
    if (!unsaved?.classes) throw error;
    const at = new Date().toISOString();
    const fields = { created: at, changed: at, deleted: null, writer: null, classes: [], options: null };
    return {
      project: { id, name: unsaved.name ?? 'Project', ...fields },
      photos: [],
      runs: [],
      heads: [],
      finders: [],
      notices: [],
    };
  }
}

export interface Imported {
  id: string;
  notices: string[];
}

/**
 * Reads a project file into a new project. What is there already is not touched: files are written under new names, and all records
 * come at once, at the end; where anything fails, nothing is left.
 * @throws AnysizeError `BadArchive`, `StorageFull`
 */
export function importProject(
  storage: ProjectStorage,
  zip: Blob,
  name: string,
  options: ReadOptions,
): Promise<Imported> {
  return whileWriting(async () => {
    const kept = new Set<string>();
    const keep = async (stream: ReadableStream<Uint8Array>) => {
      const file = crypto.randomUUID();
      kept.add(file);
      await storage.files.write(file, stream);
      return { kept: file, blob: (await storage.files.read(file)) ?? new Blob() };
    };
    const drop = async (file: string) => {
      kept.delete(file);
      await storage.files.delete(file);
    };
    const sink: PhotoSink<string> = { keep, drop };
    try {
      const read = await readProjectFile(zip, name, sink, options);
      const project = crypto.randomUUID();
      const { created, changed, classes, options: settings } = read;
      const record = { id: project, name: read.name, created, changed, deleted: null, writer: null };
      const keepHead = async (head: HeadData) => {
        const file = crypto.randomUUID();
        kept.add(file);
        await storage.files.write(file, headNumbers(head).stream());
        return headRecord(head, file);
      };
      const heads: HeadRecord[] = [];
      for (const head of read.heads) heads.push(await keepHead(head));
      const changes: Change[] = [
        {
          put: 'projects',
          value: { ...record, classes, options: settings, heads, ...(read.find && { find: read.find }) },
        },
      ];
      for (const photo of read.photos) changes.push({ put: 'photos', value: toRecord(project, photo) });
      for (const { run, head } of read.runs) {
        changes.push({ put: 'runs', value: { ...run, project, head: await keepHead(head) } });
      }
      for (const run of read.finders) {
        const numbers = finderBlob(run.finder);
        const file = crypto.randomUUID();
        kept.add(file);
        await storage.files.write(file, numbers.stream());
        changes.push({ put: 'finders', value: finderRecord(project, run, file, numbers.size) });
      }
      await storage.commit(changes);
      return { id: project, notices: read.notices };
    } catch (error) {
      await Promise.all([...kept].map((file) => storage.files.delete(file).catch(() => {})));
      throw storageError(error);
    }
  });
}

/** To be read again by the page: what a file claims to be is not taken from a zip. */
function toRecord(project: string, photo: PhotoRead<string>): PhotoRecord {
  const { id, name, path, type, bytes, kept: file, classId, holdout, scene } = photo;
  return {
    project,
    id,
    name,
    path,
    type,
    bytes,
    file,
    member: classId === null ? null : { classId, holdout },
    ...(scene && { scene }),
    status: 'waiting',
    error: null,
    hash: null,
    perceptual: null,
    width: 0,
    height: 0,
  };
}
