import type { FinderRecord, PhotoRecord, ProjectRecord, Records, RunRecord } from './records.ts';

/** A project as a list shows it. */
export interface ProjectSummary {
  id: string;
  name: string;
  created: string;
  changed: string;
  deleted: string | null;
  /** Names of its classes, and of those to be found, in their order. */
  classes: string[];
  /** Numbers of some photos to show it by, of all classes in turn. */
  mosaic: number[];
  /** How right the newest run that was measured is: on `right` of `count` photos. */
  lastRun: { right: number; count: number } | null;
  /** Average precision at IoU 0.5 of the newest finder that was measured, over its classes, 0 … 1. */
  lastFinder: number | null;
  /** Photos that stand in a class or are in Find. */
  photos: number;
  runs: number;
  /** Boxes in its photos. */
  boxes: number;
  /** Bytes of its files; those that a duplicate shares count for both. */
  bytes: number;
}

/** Photos of a mosaic. */
const MOSAIC = 8;

/** The first photo of each class and of Find, then the second ones, …: at most {@link MOSAIC} that could be read. */
function mosaicOf(classes: ProjectRecord['classes'], photos: readonly PhotoRecord[]): number[] {
  const byClass = classes.map(({ id }) =>
    photos.filter(({ member, status }) => member?.classId === id && status === 'ready').slice(0, MOSAIC),
  );
  byClass.push(photos.filter(({ member, scene, status }) => !member && scene && status === 'ready').slice(0, MOSAIC));
  const inTurn = Array.from({ length: MOSAIC }, (_, i) => byClass.flatMap((some) => some[i]?.id ?? [])).flat();
  return inTurn.slice(0, MOSAIC);
}

function lastRunOf(runs: readonly RunRecord[]): ProjectSummary['lastRun'] {
  const newestFirst = runs.toSorted((a, b) => (a.created < b.created ? 1 : -1));
  const metrics = newestFirst.find((run) => run.metrics)?.metrics;
  return metrics ? { right: Math.round(metrics.accuracy.value * metrics.count), count: metrics.count } : null;
}

function lastFinderOf(finders: readonly FinderRecord[]): number | null {
  const newestFirst = finders.toSorted((a, b) => (a.created < b.created ? 1 : -1));
  return newestFirst.find(({ metrics }) => metrics?.map50 != null)?.metrics?.map50 ?? null;
}

export async function summaryOf(project: ProjectRecord, records: Records): Promise<ProjectSummary> {
  const [photos, runs, finders] = await Promise.all([
    records.parts('photos', project.id),
    records.parts('runs', project.id),
    records.parts('finders', project.id),
  ]);
  const { id, name, created, changed, deleted } = project;
  return {
    id,
    name,
    created,
    changed,
    deleted,
    classes: [...new Set([...project.classes, ...(project.find?.classes ?? [])].map((one) => one.name))],
    mosaic: mosaicOf(project.classes, photos),
    lastRun: lastRunOf(runs),
    lastFinder: lastFinderOf(finders),
    photos: photos.filter(({ member, scene }) => member !== null || scene).length,
    runs: runs.length + finders.length,
    boxes: photos.reduce((sum, { scene }) => sum + (scene?.boxes.length ?? 0), 0),
    bytes: [
      ...photos,
      ...runs.map(({ head }) => head),
      ...finders.map(({ finder }) => finder),
      ...(project.heads ?? []),
    ].reduce((sum, file) => sum + file.bytes, 0),
  };
}
