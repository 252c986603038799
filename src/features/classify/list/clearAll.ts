import { createUndo } from '../../../client/createUndo.ts';
import { letGo } from '../../../client/files.ts';
import type { ImageRow } from '../../../store/images.ts';
import { useStore } from '../../../store/store.ts';
import { queue } from './queue.ts';

interface ClearedList {
  rows: ImageRow[];
  /** Ids of those that had not been classified. */
  waiting: string[];
  selectedId: string | null;
  pinnedId: string | null;
}

/** What “Clear all” took out of the list last; with files and answers, which are let go after half a minute. */
export const clearedList = createUndo<ClearedList>(({ rows }) => letGo(rows));

/** Empties the list; what was queued or at work stops. */
export function clearAll(): void {
  const { order, rows: before, selectedId, pinnedId } = useStore.getState();
  const waiting = order.filter((id) => before[id]?.status === 'queued' || before[id]?.status === 'working');
  queue.cancelAll();
  const { rows } = useStore.getState();
  const taken = order.flatMap((id) => rows[id] ?? []);
  useStore.setState({ order: [], rows: {}, selectedId: null, pinnedId: null, filter: 'all' });
  clearedList.offer({ rows: taken, waiting, selectedId, pinnedId });
}

/** Puts back what was cleared, with its answers; what had none yet is classified. */
export function putBack(): void {
  const last = clearedList.take();
  if (!last) return;
  const { addImages, selectImage, pinImage } = useStore.getState();
  addImages(last.rows);
  selectImage(last.selectedId);
  pinImage(last.pinnedId);
  queue.again(last.waiting);
}
