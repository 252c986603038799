import type { StateCreator } from 'zustand';
import type { BackendName, HeadChoice, Scale, SizePolicy } from '../core/model.ts';
import type { BatchFilter, BatchSort } from './batchView.ts';
import { EVERYTHING } from './batchView.ts';
import type { AppState } from './store.ts';

/** One photo's result: all that is kept of it, in the page and in the database. */
export interface BatchRow {
  /** Path, size and time of last change: the same photo again has the same key (see features/batch/sources.ts). */
  key: string;
  /** Path inside the chosen folder, the folder's own name first; or the name alone. */
  path: string;
  name: string;
  bytes: number;
  /** Milliseconds since 1970; NaN where the file could not be opened. */
  modified: number;
  status: 'done' | 'failed';
  /** Best classes first, at most 5; empty without a head. */
  top: readonly { label: string; score: number }[];
  /** The best score is below the head's threshold. */
  unknown: boolean;
  /** Pixels after orientation; 0 where the photo could not be read. */
  width: number;
  height: number;
  milliseconds: number;
  error: { name: string; message: string } | null;
  /** What it was made with. */
  head: string | null;
  policy: SizePolicy;
  /** As in Settings; missing where there are none. */
  minSide?: number;
  scales?: readonly Scale[];
  backend: BackendName | null;
}

/** What a batch is made with and of. */
export interface BatchInfo {
  id: string;
  /** ISO 8601. */
  created: string;
  head: HeadChoice;
  /** The head's name when the batch began: heads can go. */
  headName: string;
  policy: SizePolicy;
  /** As in Settings; missing in a batch of a visit before they could be chosen. */
  minSide?: number;
  scales?: readonly Scale[];
  /** Name of the folder, or null for loose photos or several folders. */
  folder: string | null;
  /** Photos found; null before the folder has been listed to its end. */
  total: number | null;
  /** The person stopped it: it does not go on by itself. */
  stopped: boolean;
}

export interface BatchProgress {
  /** Still listing the folder: `found` grows. */
  listing: boolean;
  found: number;
  finished: number;
  /** Photos a second over the last seconds; null before there are enough. */
  rate: number | null;
  secondsLeft: number | null;
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

export const createBatchSlice: StateCreator<AppState, [], [], BatchSlice> = (set) => ({
  ...NO_BATCH,
  changeBatch: (changes) => set(changes),
});
