import type { BatchInfo, BatchRow } from '../core/batchModel.ts';
import type { WorkProgress } from '../core/tasks/progress.ts';
import type { BatchFilter, BatchSort } from './batchView.ts';
import { EVERYTHING } from './batchView.ts';
import type { CreateSlice } from './slice.ts';

/** Photos with a result of an earlier run count as done. */
export interface BatchProgress extends WorkProgress {
  /** Still listing the folder: `total` grows. */
  listing: boolean;
}

/** Whether the batch's photos can be read now: yes, after the browser's permission, or once they are chosen again. */
export type BatchPhotos = 'here' | 'ask' | 'choose';

/** What has to be decided before chosen photos are taken. */
export type BatchQuestion = 'settings' | 'photos';

export interface BatchState {
  /** False until the database has told what is left of an earlier visit. */
  batchOpened: boolean;
  batch: BatchInfo | null;
  batchRows: readonly BatchRow[];
  /** Null when nothing runs. */
  batchProgress: BatchProgress | null;
  batchPhotos: BatchPhotos;
  /** Names of the folders (null: loose photos) that have to be asked for or chosen again before the batch can be finished. */
  batchAwaited: readonly (string | null)[];
  /** What was chosen is being looked at, before its first photo is computed. */
  batchListing: boolean;
  batchQuestion: BatchQuestion | null;
  /** Why the batch could not start or go on. */
  batchProblem: string | null;
  /** Why results are not kept for the next visit; null when they are. */
  batchUnkept: string | null;
  batchSort: BatchSort;
  batchFilter: BatchFilter;
  batchSelected: ReadonlySet<string>;
  /** Keys of photos that have been added to a class: not offered again. */
  batchLabelled: ReadonlySet<string>;
}

export interface BatchSlice extends BatchState {
  changeBatch: (changes: Partial<BatchState>) => void;
}

export const NO_BATCH: BatchState = {
  batchOpened: false,
  batch: null,
  batchRows: [],
  batchProgress: null,
  batchPhotos: 'choose',
  batchAwaited: [],
  batchListing: false,
  batchQuestion: null,
  batchProblem: null,
  batchUnkept: null,
  batchSort: { by: 'arrival', descending: false },
  batchFilter: EVERYTHING,
  batchSelected: new Set(),
  batchLabelled: new Set(),
};

export const createBatchSlice: CreateSlice<BatchSlice> = (set) => ({
  ...NO_BATCH,
  changeBatch: (changes) => set(changes),
});
