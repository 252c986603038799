import type { DrawnBox } from '../core/project/findModel.ts';
import type { WorkProgress } from '../core/tasks/progress.ts';
import type { CreateSlice } from './slice.ts';

/** A box that a finder suggests; once accepted it is a drawn box of the same id. */
export interface Suggestion extends DrawnBox {
  /** 0 … 1. */
  probability: number;
}

/** What goes on in the Find tab besides what is kept of it. */
export interface FindingSlice {
  /** What went wrong with a training or with suggestions, in words; null while all is well. */
  findProblem: string | null;
  /** The box that is selected in the editor, drawn or suggested; null when none is, and while the editor is not there. */
  selectedBox: string | null;
  /** The run beside the shown one; null when none is compared. */
  comparedFinder: string | null;
  /** Suggested boxes by photo, the most doubtful photo first. */
  suggestions: ReadonlyMap<string, readonly Suggestion[]>;
  /** How far the search for suggestions is; null when none goes on. */
  suggesting: WorkProgress | null;
  setFindProblem: (problem: string | null) => void;
  selectBox: (id: string | null) => void;
  compareFinder: (id: string | null) => void;
  setSuggestions: (suggestions: FindingSlice['suggestions']) => void;
  /** Lets go of one suggestion, or of all of a photo: they were accepted or rejected. */
  dropSuggestion: (photoId: string, boxId?: string) => void;
  setSuggesting: (suggesting: WorkProgress | null) => void;
}

export const createFindingSlice: CreateSlice<FindingSlice> = (set, get) => ({
  findProblem: null,
  selectedBox: null,
  comparedFinder: null,
  suggestions: new Map(),
  suggesting: null,
  setFindProblem: (findProblem) => set({ findProblem }),
  selectBox: (selectedBox) => set({ selectedBox }),
  compareFinder: (comparedFinder) => set({ comparedFinder }),
  setSuggestions: (suggestions) => set({ suggestions }),
  dropSuggestion: (photoId, boxId) => {
    const suggestions = new Map(get().suggestions);
    const left = boxId === undefined ? [] : (suggestions.get(photoId) ?? []).filter(({ id }) => id !== boxId);
    if (left.length > 0) suggestions.set(photoId, left);
    else suggestions.delete(photoId);
    set({ suggestions });
  },
  setSuggesting: (suggesting) => set({ suggesting }),
});
