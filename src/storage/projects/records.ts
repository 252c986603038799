import type { FinderShape } from '../../core/find/finderFile.ts';
import type { FinderRun } from '../../core/find/model.ts';
import type { ProjectFind, StoredScene } from '../../core/project/findModel.ts';
import type { ClassRow, Member, PhotoRow, ProjectOptions, RunRow } from '../../core/project/model.ts';
import type { HeadData } from '../../core/model.ts';

/** A project as the database holds it; its photos and runs are records of their own. */
export interface ProjectRecord {
  id: string;
  name: string;
  /** ISO 8601. */
  created: string;
  changed: string;
  /** When it was deleted; null as long as it is there. Deleted projects are purged a while later. */
  deleted: string | null;
  /** Token of the tab that may write; every save checks it, so that a tab that was taken over can no longer write. */
  writer: string | null;
  classes: readonly ClassRow[];
  /** Null before anything was set. */
  options: ProjectOptions | null;
  /** Heads that came from a file; missing in a project that was made before they were kept. */
  heads?: readonly HeadRecord[];
  /** Missing in a project in which nothing was to be found, and in one from before that could be. */
  find?: ProjectFind;
}

/** One photo of a project. */
export interface PhotoRecord extends Omit<PhotoRow, 'id' | 'thumbnailUrl'> {
  project: string;
  /** Number within the project, in order of arrival. */
  id: number;
  /** Media type of the file. */
  type: string;
  /** Name of the file in {@link Files}: written whole before this record, and never changed. */
  file: string;
  /** Null for a photo that stands in no class: one of the Find tab, or one that only a run's gallery, or undo, still shows. */
  member: Member | null;
  /** Its boxes, where it is in the Find tab; missing or null where it is not. */
  scene?: StoredScene | null;
}

export interface ThumbnailRecord {
  project: string;
  id: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** A head without its numbers, which are in a file. */
export interface HeadRecord extends Omit<HeadData, 'mean' | 'weights' | 'bias'> {
  file: string;
  bytes: number;
}

/** A finished run; photo ids in it are those of {@link PhotoRecord}, as text. */
export interface RunRecord extends RunRow {
  project: string;
  head: HeadRecord;
}

/** A finished run of a finder; photo ids in it are those of {@link PhotoRecord}, as text. */
export interface FinderRecord extends Omit<FinderRun, 'finder'> {
  project: string;
  /** Without its numbers, which are in a file. */
  finder: FinderShape & { file: string; bytes: number };
}

export interface Tables {
  projects: ProjectRecord;
  photos: PhotoRecord;
  thumbnails: ThumbnailRecord;
  runs: RunRecord;
  finders: FinderRecord;
}

export type TableName = keyof Tables;
/** Tables whose records belong to a project; their keys are [project, id]. */
export type PartName = Exclude<TableName, 'projects'>;
export type PartKey = [project: string, id: number | string];

/** One step of an atomic change. */
export type Change =
  | { [Name in TableName]: { put: Name; value: Tables[Name] } }[TableName]
  /** Changes some fields of a project; nothing where it is gone. */
  | { merge: string; fields: Partial<Omit<ProjectRecord, 'id'>> }
  | { delete: PartName; key: PartKey }
  /** Deletes a project with all of its records. */
  | { purge: string };

/** The project whose `writer` must be this token for a commit to be done. */
export interface Guard {
  project: string;
  writer: string;
}

/** Metadata, in tables. Changes are atomic: after a kill either all of a commit is there or none of it. */
export interface Records {
  project: (id: string) => Promise<ProjectRecord | null>;
  projects: () => Promise<ProjectRecord[]>;
  /** The records of one project, by id. */
  parts: <Name extends PartName>(table: Name, project: string) => Promise<Tables[Name][]>;
  part: <Name extends PartName>(table: Name, key: PartKey) => Promise<Tables[Name] | null>;
  /**
   * Does all changes or none.
   * @throws AnysizeError `TakenOver` where it is another's or the project is gone; `ProjectLost` where the whole database was
   */
  commit: (changes: readonly Change[], guard?: Guard) => Promise<void>;
}
