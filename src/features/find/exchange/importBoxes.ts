import { create } from 'zustand';
import type { AddedFile } from '../../../client/photos/collectFiles.ts';
import type { KnownPhoto } from '../../../formats/boxes/findPhoto.ts';
import type { PlacedBoxes } from '../../../formats/boxes/placeBoxes.ts';
import { useStore } from '../../../store/store.ts';
import { mergeBoxes, type MergedBoxes } from './mergeBoxes.ts';
import { readBoxFiles } from './readBoxFiles.ts';

/** What an import came to, for the person. */
export type ImportOutcome = Omit<PlacedBoxes, 'photos'> & Omit<MergedBoxes, 'patch'> & { photos: number };

/** The import that is being told of; null for none. */
export const useImportOutcome = create<{ outcome: ImportOutcome | null }>(() => ({ outcome: null }));

/**
 * Takes boxes out of files, as one undoable step.
 * @param came photos that came along: their names go before those of others
 * @param copies the photo that stays, by the id of its copy that was left out: files may name either
 */
export async function importBoxes(
  files: readonly AddedFile[],
  came: readonly string[],
  copies: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<void> {
  const { photos, findOrder } = useStore.getState();
  const taken = new Set(came.map((id) => photos.get(id)?.name.toLowerCase()));
  const others = findOrder.filter((id) => !came.includes(id) && !taken.has(photos.get(id)?.name.toLowerCase()));
  const known: KnownPhoto[] = [];
  for (const id of [...came, ...others]) {
    const row = photos.get(id);
    const stays = copies.get(id) ?? id;
    const { width = 0, height = 0 } = photos.get(stays) ?? {};
    if (row) known.push({ id: stays, name: row.name, path: row.path, width, height });
  }
  const blobs = files.map(({ path, file }) => ({ path, blob: file }));
  const { photos: placed, ...counts } = await readBoxFiles(blobs, known, signal);
  const { editFind, addNotice } = useStore.getState();
  let merged: MergedBoxes | null = null;
  editFind((set) => (merged = mergeBoxes(set, placed)).patch);
  if (!merged) return addNotice('The boxes could not be taken.');
  const { patch: _patch, ...told } = merged as MergedBoxes;
  useImportOutcome.setState({ outcome: { ...counts, ...told, photos: placed.size } });
}
