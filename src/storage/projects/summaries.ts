import type { ProjectRecord, Records } from './records.ts';

/** A project as a list shows it. */
export interface ProjectSummary {
  id: string;
  name: string;
  created: string;
  changed: string;
  deleted: string | null;
  classes: number;
  /** Photos that stand in a class. */
  photos: number;
  runs: number;
  /** Bytes of its files; those that a duplicate shares count for both. */
  bytes: number;
}

export async function summaryOf(project: ProjectRecord, records: Records): Promise<ProjectSummary> {
  const [photos, runs] = await Promise.all([records.parts('photos', project.id), records.parts('runs', project.id)]);
  const { id, name, created, changed, deleted } = project;
  return {
    id,
    name,
    created,
    changed,
    deleted,
    classes: project.classes.length,
    photos: photos.filter(({ member }) => member !== null).length,
    runs: runs.length,
    bytes: [...photos, ...runs.map(({ head }) => head), ...(project.heads ?? [])].reduce(
      (sum, file) => sum + file.bytes,
      0,
    ),
  };
}
