import type { Analysis, ImageFacts, Stage, TileProgress } from '../core/model.ts';
import type { WorkProgress } from '../core/tasks/progress.ts';
import type { CreateSlice } from './slice.ts';

export type ImageStatus = 'queued' | 'working' | 'done' | 'failed' | 'cancelled';

export interface RowError {
  name: string;
  message: string;
}

/** One row of the list of images. Its File is in client/files.ts, under the same id. */
export interface ImageRow {
  id: string;
  name: string;
  /** Path inside a dropped folder, or the name. */
  path: string;
  bytes: number;
  status: ImageStatus;
  /** The stage at work, while `status` is `working`. */
  stage: Stage | null;
  /** The tiles of a large image, while they are computed. */
  tile: TileProgress | null;
  /** Known of a large image once it is decoded, before its answer; of others with it. */
  facts: ImageFacts | null;
  /** The latest answer; `thumbnail` is always null here (see `thumbnailUrl`). */
  analysis: Analysis | null;
  error: RowError | null;
  /** Object URL, revoked when the row goes. */
  thumbnailUrl: string | null;
}

/** What rows that went for good held outside the store: ids of files, and object URLs. client/files.ts lets go of both. */
export interface Released {
  files: readonly string[];
  urls: readonly string[];
}

export type ImageFilter = 'all' | 'done' | 'failed';

export interface ImagesSlice {
  /** Ids in list order. */
  order: string[];
  rows: Readonly<Record<string, ImageRow>>;
  selectedId: string | null;
  /** A second image kept beside the selected one, to compare pyramids. */
  pinnedId: string | null;
  filter: ImageFilter;
  /** By the latest removal, of images or of photos. */
  released: Released;
  /** Null when nothing is queued or working. */
  progress: WorkProgress | null;
  addImages: (rows: ImageRow[]) => void;
  /** Applies many row changes in one update; ids that are gone are ignored. */
  patchImages: (patches: ReadonlyMap<string, Partial<ImageRow>>) => void;
  /** Removes rows; their thumbnails and files are released. */
  removeImages: (ids: readonly string[]) => void;
  selectImage: (id: string | null) => void;
  pinImage: (id: string | null) => void;
  setFilter: (filter: ImageFilter) => void;
  setProgress: (progress: WorkProgress | null) => void;
}

/** The ids shown under a filter, in list order. */
export function visibleIds(state: Pick<ImagesSlice, 'order' | 'rows' | 'filter'>): string[] {
  if (state.filter === 'all') return state.order;
  return state.order.filter((id) => state.rows[id]?.status === state.filter);
}

/** The id to select when `gone` leave the list: the next one that stays, else the one before, else none. */
export function neighbour(order: readonly string[], from: string, gone: ReadonlySet<string>): string | null {
  const at = order.indexOf(from);
  const after = order.slice(at + 1).find((id) => !gone.has(id));
  return after ?? order.slice(0, Math.max(at, 0)).findLast((id) => !gone.has(id)) ?? null;
}

export const createImagesSlice: CreateSlice<ImagesSlice> = (set) => ({
  order: [],
  rows: {},
  selectedId: null,
  pinnedId: null,
  filter: 'all',
  released: { files: [], urls: [] },
  progress: null,

  addImages: (added) =>
    set((state) => {
      const rows = { ...state.rows };
      for (const row of added) rows[row.id] = row;
      return {
        rows,
        order: [...state.order, ...added.map((row) => row.id)],
        // What was just added is what a person wants to look at.
        selectedId: added[0]?.id ?? state.selectedId,
      };
    }),

  patchImages: (patches) =>
    set((state) => {
      const rows = { ...state.rows };
      const urls: string[] = [];
      for (const [id, patch] of patches) {
        const row = rows[id];
        if (row) rows[id] = { ...row, ...patch };
        else if (patch.thumbnailUrl) urls.push(patch.thumbnailUrl);
      }
      return urls.length > 0 ? { rows, released: { files: [], urls } } : { rows };
    }),

  removeImages: (ids) =>
    set((state) => {
      const gone = new Set(ids);
      const rows = { ...state.rows };
      for (const id of gone) delete rows[id];
      const { selectedId, pinnedId } = state;
      const next =
        selectedId !== null && gone.has(selectedId) ? neighbour(visibleIds(state), selectedId, gone) : selectedId;
      const order = state.order.filter((id) => !gone.has(id));
      const someFailed = order.some((id) => rows[id]?.status === 'failed');
      return {
        rows,
        order,
        selectedId: next ?? order[0] ?? null,
        pinnedId: pinnedId !== null && gone.has(pinnedId) ? null : pinnedId,
        filter: someFailed ? state.filter : 'all',
        released: { files: ids, urls: ids.flatMap((id) => state.rows[id]?.thumbnailUrl ?? []) },
      };
    }),

  selectImage: (selectedId) => set({ selectedId }),
  pinImage: (pinnedId) => set({ pinnedId }),
  setFilter: (filter) => set({ filter }),
  setProgress: (progress) => set({ progress }),
});
