/** What a project is made of: the rows that the page shows, the browser keeps and a project file holds. Plain data. */
import type { FinderRun } from '../find/model.ts';
import type { HeadChoice, HeadData, PyramidOptions, Scale, SizePolicy } from '../model.ts';
import type { ProjectFind, StoredScene } from './findModel.ts';
import type {
  Comparison,
  RepeatedAccuracy,
  Side,
  SplitOptions,
  TrainingOptions,
  TrainingRun,
  VectorOptions,
} from '../training/model.ts';

/** One class of the fine-tuning set. Classes are told apart by id; a name is only a name and may be anything. */
export interface ClassRow {
  id: string;
  name: string;
  /** Place in the class palette (ui/classPalette.ts). */
  colour: number;
}

/** Where a photo belongs. */
export interface Member {
  classId: string;
  /** Side marked by the user; null where the split decides. */
  holdout: Side | null;
}

/** What is known of a photo of the fine-tuning set. Its File is in files.ts, under the same id. */
export interface PhotoRow {
  id: string;
  name: string;
  /** Path inside a dropped folder or zip, or the name. */
  path: string;
  /** 0 until it is read. */
  bytes: number;
  /** `waiting`: not read yet. `failed`: could not be read, see `error`. */
  status: 'waiting' | 'ready' | 'failed';
  error: string | null;
  /** SHA-256 of the bytes, hex. */
  hash: string | null;
  perceptual: [number, number] | null;
  width: number;
  height: number;
  /** As in ImageFacts. */
  missingEnd?: number;
  /** Object URL, revoked when the photo goes for good. */
  thumbnailUrl: string | null;
}

/** What a run was trained on: to tell what has changed since. */
export interface RunBasis {
  classes: readonly { id: string; name: string }[];
  members: ReadonlyMap<string, { classId: string; holdout: Side | null }>;
}

/** A finished run. Its head is in heads.ts, under the same id. */
export interface RunRow extends Omit<TrainingRun, 'head'> {
  basis: RunBasis;
  /** Answers below this confidence are "unknown"; 0 for none. */
  threshold: number;
  comparison: Comparison | null;
  /** Absent until it was asked for. */
  repeated?: RepeatedAccuracy;
}

/** What a person has set for a project. */
export interface ProjectOptions {
  split: SplitOptions;
  vectors: VectorOptions;
  training: TrainingOptions;
  policy: SizePolicy;
  pyramid: PyramidOptions;
  head: HeadChoice;
  /** As in the settings; missing in a project from before they went with it. */
  minSide?: number;
  scales?: Scale[];
}

/** A photo of a project file: it stands in a class, is in the Find tab, or both. */
export interface ContentPhoto {
  /** Order of arrival; runs name photos by it, as text. */
  id: number;
  name: string;
  path: string;
  type: string;
  classId: string | null;
  holdout: Side | null;
  /** Its boxes, where it is in the Find tab. */
  scene?: StoredScene | null;
  /** Could not be read as an image: kept apart, since ImageFolder stops at such files. */
  unreadable: boolean;
}

/** What a project file holds, apart from how its photos are kept. */
export interface ProjectContents<Photo extends ContentPhoto> {
  name: string;
  /** ISO 8601. */
  created: string;
  changed: string;
  classes: readonly ClassRow[];
  options: ProjectOptions | null;
  photos: readonly Photo[];
  runs: readonly { run: RunRow; head: HeadData }[];
  /** Those that came from a file. */
  heads: readonly HeadData[];
  /** Null in a project in which nothing was to be found. */
  find: ProjectFind | null;
  finders: readonly FinderRun[];
}

/** Milliseconds to change one's mind, after which what was deleted may go for good. */
export const UNDO_MS = 30_000;
