import type { ClassRow, Member, PhotoRow } from '../core/project/model.ts';
import type { WorkProgress } from '../core/tasks/progress.ts';
import { addToDataset, applyPatch, type Dataset, EMPTY_DATASET, type Patch } from './dataset.ts';
import type { ImagesSlice } from './images.ts';
import { type PhotoHolders, withoutUnreachable } from './reachable.ts';
import type { CreateSlice } from './slice.ts';

export interface PhotosSlice {
  dataset: Dataset;
  photos: ReadonlyMap<string, PhotoRow>;
  undoStack: readonly Patch[];
  redoStack: readonly Patch[];
  /** Null when no photo is being read. */
  reading: WorkProgress | null;
  /** The class that is looked at; null for all of them. */
  openClassId: string | null;
  selectedPhotos: ReadonlySet<string>;
  /** The class whose name is being changed; null for none. */
  namingClassId: string | null;
  /** Does one undoable step; `null` does nothing. */
  edit: (step: (dataset: Dataset) => Patch | null) => void;
  /** Adds classes and photos as one undoable step. */
  addPhotos: (classes: readonly ClassRow[], photos: readonly PhotoRow[], members: ReadonlyMap<string, Member>) => void;
  undo: () => void;
  redo: () => void;
  /** What reading found, for many photos in one update; ids that are gone are ignored. */
  patchPhotos: (patches: ReadonlyMap<string, Partial<PhotoRow>>) => void;
  setReading: (reading: WorkProgress | null) => void;
  openClass: (id: string | null) => void;
  selectPhotos: (ids: ReadonlySet<string>) => void;
  nameClass: (id: string | null) => void;
}

/** Steps that can be undone. */
export const MAX_HISTORY = 200;

const NOTHING_SELECTED: ReadonlySet<string> = new Set();

export const createPhotosSlice: CreateSlice<PhotosSlice, PhotosSlice & PhotoHolders & Pick<ImagesSlice, 'released'>> = (
  set,
  get,
) => {
  const afterChange = (dataset: Dataset) => {
    const { openClassId, selectedPhotos } = get();
    const selected = [...selectedPhotos].filter((id) => dataset.members.has(id));
    return {
      dataset,
      openClassId: dataset.classes.some(({ id }) => id === openClassId) ? openClassId : null,
      selectedPhotos: selected.length === selectedPhotos.size ? selectedPhotos : new Set(selected),
    };
  };

  const push = (patch: Patch) => {
    const steps = [...get().undoStack, patch];
    const undoStack = steps.slice(-MAX_HISTORY);
    const dropped = steps.length > MAX_HISTORY || get().redoStack.length > 0;
    set({ ...afterChange(applyPatch(get().dataset, patch, 'after')), undoStack, redoStack: [] });
    if (dropped) set(withoutUnreachable(get()) ?? {});
  };

  return {
    dataset: EMPTY_DATASET,
    photos: new Map(),
    undoStack: [],
    redoStack: [],
    reading: null,
    openClassId: null,
    selectedPhotos: NOTHING_SELECTED,
    namingClassId: null,

    edit: (step) => {
      const patch = step(get().dataset);
      if (patch) push(patch);
    },

    addPhotos: (classes, added, members) => {
      const patch = addToDataset(get().dataset, classes, members);
      if (!patch) return;
      const photos = new Map(get().photos);
      for (const row of added) photos.set(row.id, row);
      set({ photos });
      push(patch);
    },

    undo: () => {
      const { undoStack, redoStack, dataset } = get();
      const patch = undoStack.at(-1);
      if (!patch) return;
      const before = afterChange(applyPatch(dataset, patch, 'before'));
      set({ ...before, undoStack: undoStack.slice(0, -1), redoStack: [...redoStack, patch] });
    },

    redo: () => {
      const { undoStack, redoStack, dataset } = get();
      const patch = redoStack.at(-1);
      if (!patch) return;
      const after = afterChange(applyPatch(dataset, patch, 'after'));
      set({ ...after, undoStack: [...undoStack, patch], redoStack: redoStack.slice(0, -1) });
    },

    patchPhotos: (patches) =>
      set((state) => {
        const photos = new Map(state.photos);
        const urls: string[] = [];
        for (const [id, patch] of patches) {
          const row = photos.get(id);
          if (row) photos.set(id, { ...row, ...patch });
          else if (patch.thumbnailUrl) urls.push(patch.thumbnailUrl);
        }
        return urls.length > 0 ? { photos, released: { files: [], urls } } : { photos };
      }),

    setReading: (reading) => set({ reading }),
    openClass: (openClassId) => set({ openClassId, selectedPhotos: NOTHING_SELECTED }),
    nameClass: (namingClassId) => set({ namingClassId }),
    selectPhotos: (selectedPhotos) => set({ selectedPhotos }),
  };
};
