import type { HeadData } from '../../core/model.ts';
import type { Side } from '../../core/training/model.ts';
import type { ProjectOptions } from '../../storage/projects/records.ts';
import type { ClassRow } from '../../store/dataset.ts';
import type { RunRow } from '../../store/training.ts';

/** A photo that stands in a class of a project file. */
export interface ContentPhoto {
  /** Order of arrival; runs name photos by it, as text. */
  id: number;
  name: string;
  path: string;
  type: string;
  classId: string;
  holdout: Side | null;
  /** Could not be read as an image: kept apart, since ImageFolder stops at such files. */
  unreadable: boolean;
}

/** A photo that a zip says it has. */
export interface PlannedPhoto extends ContentPhoto {
  file: string;
  /** Null where the zip does not tell. */
  sha256: string | null;
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
}
