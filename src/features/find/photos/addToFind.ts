import type { PhotoRow } from '../../../core/project/model.ts';
import { nextTask } from '../../../core/tasks/breather.ts';
import { type AddedFile, type AddOutcome, collectFiles, type OnUnpack } from '../../../client/photos/collectFiles.ts';
import { ingestQueue, whenRead } from '../../../client/photos/ingest.ts';
import { photoRows } from '../../../client/photos/photoRows.ts';
import { BOX_FILE } from '../../../formats/boxes/placeBoxes.ts';
import { importBoxes } from '../exchange/importBoxes.ts';
import { removeScenes } from '../../../store/findScenes.ts';
import { type AppState, useStore } from '../../../store/store.ts';
import { plural } from '../../../ui/format.ts';

/**
 * Adds dropped or picked photos to Find as one undoable step, and reads them; then takes boxes out of the files that came with them, or alone. Zips are
 * unpacked like folders.
 */
export async function addToFind(
  files: readonly AddedFile[],
  _target: null,
  onUnpack: OnUnpack,
  signal: AbortSignal,
): Promise<AddOutcome> {
  const { groups, others, notices, errors } = await collectFiles(files, onUnpack, signal, BOX_FILE);
  const { keeping, refuseEdit } = useStore.getState();
  if (keeping === 'following') {
    refuseEdit();
    return { notices, errors };
  }
  const rows = await addPhotos(groups.flat());
  const copies = removeCopies(rows.map(({ id }) => id));
  if (copies.size > 0) {
    notices.push(
      `${plural(copies.size, 'photo is', 'photos are')} here already, byte for byte, and ${copies.size === 1 ? 'was' : 'were'} left out.`,
    );
  }
  if (others.length > 0) {
    await importBoxes(
      others,
      rows.map(({ id }) => id),
      copies,
      signal,
    );
  }
  return { notices, errors };
}

/** Photos into Find, as one step. @returns their rows once they are read, or their reading was stopped */
export async function addPhotos(files: readonly AddedFile[]): Promise<PhotoRow[]> {
  if (files.length === 0) return [];
  const rows = await photoRows(files);
  const ids = rows.map(({ id }) => id);
  await nextTask();
  useStore.getState().addScenes(ids, rows);
  await nextTask();
  ingestQueue.add(ids);
  await whenRead();
  return rows;
}

/**
 * Takes those of some new photos out of Find again that are there already, byte for byte.
 * @returns the photo that stays, by the id of its copy
 */
export function removeCopies(ids: readonly string[]): Map<string, string> {
  const { photos, findOrder, editFind } = useStore.getState();
  const fresh = new Set(ids);
  const first = new Map<string, string>();
  const copies = new Map<string, string>();
  for (const id of findOrder.toSorted((a, b) => Number(fresh.has(a)) - Number(fresh.has(b)))) {
    const hash = photos.get(id)?.hash;
    if (!hash) continue;
    const known = first.get(hash);
    if (known === undefined) first.set(hash, id);
    else if (fresh.has(id)) copies.set(id, known);
  }
  editFind((set) => removeScenes(set, [...copies.keys()]));
  return copies;
}

/** Photos of the fine-tuning set that Find has not yet and that could be read. */
export function photosOfFineTune({
  dataset,
  photos,
  scenes,
}: Pick<AppState, 'dataset' | 'photos' | 'scenes'>): string[] {
  return [...dataset.members.keys()].filter((id) => !scenes.has(id) && photos.get(id)?.status !== 'failed');
}
