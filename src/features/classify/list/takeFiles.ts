import { create } from 'zustand';
import { useStore } from '../../../store/store.ts';
import type { DroppedFile } from '../../../ui/files/droppedFiles.ts';
import { plural } from '../../../ui/format.ts';
import { queue } from './queue.ts';
import { sortDrop } from './sortDrop.ts';

/** The folders that came last, where they may well be classes; null once that was answered. Files have no place in the page's store. */
export const useFolderOffer = create<{ files: readonly DroppedFile[] | null }>(() => ({ files: null }));

/** Classifies what was dropped, pasted or picked; what is no photo in a folder is left out and told. */
export function takeFiles(given: readonly DroppedFile[]): void {
  const { files, leftOut, folders } = sortDrop(given);
  queue.add(files);
  useFolderOffer.setState({ files: folders >= 2 ? files : null });
  if (leftOut === 0) return;
  const were = leftOut === 1 ? 'is not a photo and was' : 'are not photos and were';
  useStore.getState().addNotice(`${plural(leftOut, 'file')} in these folders ${were} left out.`);
}
