import type { FinderRun } from '../core/find/model.ts';
import type { Scene } from '../core/project/findModel.ts';
import type { PhotoRow, RunRow } from '../core/project/model.ts';
import type { Dataset, Patch } from './dataset.ts';
import type { FindHistory } from './findScenes.ts';
import type { Released } from './images.ts';

/** Everything in the page's state that can show a photo, or bring it back. */
export interface PhotoHolders {
  photos: ReadonlyMap<string, PhotoRow>;
  dataset: Dataset;
  undoStack: readonly Patch[];
  redoStack: readonly Patch[];
  runs: readonly RunRow[];
  scenes: ReadonlyMap<string, Scene>;
  findHistory: FindHistory;
  finderRuns: readonly FinderRun[];
}

/** Photos that a finder's run learned from, measured on or names. */
export function photosOfFinder({ train, heldOut, results }: FinderRun): string[] {
  return [...train, ...heldOut, ...results.map(({ id }) => id)];
}

/** What goes where photos are left that nothing shows and no step can bring back; null where there are none. */
export function withoutUnreachable(
  holders: PhotoHolders,
): { photos: ReadonlyMap<string, PhotoRow>; released: Released } | null {
  const { dataset, undoStack, redoStack, runs, scenes, findHistory, finderRuns } = holders;
  const maps: readonly ReadonlyMap<string, unknown>[] = [
    dataset.members,
    scenes,
    ...[...undoStack, ...redoStack].map(({ members }) => members),
    ...[...findHistory.undo, ...findHistory.redo].map((step) => step.scenes),
  ];
  const shown = new Set([
    ...runs.flatMap(({ predictions }) => predictions.map(({ id }) => id)),
    ...finderRuns.flatMap(photosOfFinder),
  ]);
  const files = [...holders.photos.keys()].filter((id) => !shown.has(id) && !maps.some((map) => map.has(id)));
  if (files.length === 0) return null;
  const photos = new Map(holders.photos);
  const urls = files.flatMap((id) => photos.get(id)?.thumbnailUrl ?? []);
  for (const id of files) photos.delete(id);
  return { photos, released: { files, urls } };
}
