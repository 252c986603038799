import { create } from 'zustand';
import { forgetFile } from '../../store/files.ts';
import type { ImageRow } from '../../store/images.ts';
import { useStore } from '../../store/store.ts';
import { queue } from './queue.ts';

const UNDO_MS = 30_000;

interface Cleared {
  rows: ImageRow[];
  /** Ids of those that had not been classified. */
  waiting: string[];
  selectedId: string | null;
  pinnedId: string | null;
}

/** What “Clear all” took out of the list last, for half a minute; with files and answers, which are let go after that. */
export const useCleared = create<{ last: Cleared | null }>(() => ({ last: null }));

let timer: ReturnType<typeof setTimeout> | undefined;

function letGo(): void {
  clearTimeout(timer);
  for (const { id, thumbnailUrl } of useCleared.getState().last?.rows ?? []) {
    if (thumbnailUrl) URL.revokeObjectURL(thumbnailUrl);
    forgetFile(id);
  }
  useCleared.setState({ last: null });
}

/** Empties the list; what was queued or at work stops. */
export function clearAll(): void {
  letGo();
  const { order, rows: before, selectedId, pinnedId } = useStore.getState();
  const waiting = order.filter((id) => before[id]?.status === 'queued' || before[id]?.status === 'working');
  queue.cancelAll();
  const { rows } = useStore.getState();
  const taken = order.flatMap((id) => rows[id] ?? []);
  useStore.setState({ order: [], rows: {}, selectedId: null, pinnedId: null, filter: 'all' });
  useCleared.setState({ last: { rows: taken, waiting, selectedId, pinnedId } });
  timer = setTimeout(letGo, UNDO_MS);
}

/** Puts back what was cleared, with its answers; what had none yet is classified. */
export function putBack(): void {
  const { last } = useCleared.getState();
  if (!last) return;
  clearTimeout(timer);
  useCleared.setState({ last: null });
  const { addImages, selectImage, pinImage } = useStore.getState();
  addImages(last.rows);
  selectImage(last.selectedId);
  pinImage(last.pinnedId);
  queue.again(last.waiting);
}
