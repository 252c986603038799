import type { FinderProgress, FinderRun, RoundPoint } from '../core/find/model.ts';
import { DEFAULT_FINDER, type FinderSettings } from '../core/find/settings.ts';
import { nextName } from '../core/nextName.ts';
import type { DrawnBox, FindClassRow, Scene } from '../core/project/findModel.ts';
import type { PhotoRow } from '../core/project/model.ts';
import { DEFAULT_SPLIT } from '../core/training/defaults.ts';
import type { SplitOptions } from '../core/training/model.ts';
import { sortByArrival } from './dataset.ts';
import * as change from './findScenes.ts';
import { neighbour, type Released } from './images.ts';
import { type PhotoHolders, withoutUnreachable } from './reachable.ts';
import type { CreateSlice } from './slice.ts';

export type FindView = 'boxes' | 'train' | 'results';

/** The one training of a finder that goes on. */
export interface FindJob {
  task: string;
  status: 'running' | 'paused' | 'stopping';
  /** The latest report; null before the first. */
  progress: FinderProgress | null;
  /** Of the rounds that are over. */
  points: readonly RoundPoint[];
}

export interface FindSlice extends change.FindSet {
  /** Photos of the Find tab in order of arrival: those with a scene. Their rows are among `photos`. */
  findOrder: readonly string[];
  /** The photo that is looked at; null only where there is none. */
  shownScene: string | null;
  /** The class that the next box gets; null only where there is none. */
  findClass: string | null;
  findView: FindView;
  finderSettings: FinderSettings;
  /** Photos that a run keeps aside to measure on. */
  finderSplit: SplitOptions;
  /** Newest first, each with what it has learned. */
  finderRuns: readonly FinderRun[];
  shownFinder: string | null;
  findJob: FindJob | null;
  findHistory: change.FindHistory;
  /** Does one undoable step; `null` does nothing. */
  editFind: (step: (set: change.FindSet) => change.FindPatch | null) => void;
  /** @param rows those of photos that are new to the page */
  addScenes: (ids: readonly string[], rows?: readonly PhotoRow[]) => void;
  removeScenes: (ids: readonly string[]) => void;
  setBoxes: (photoId: string, boxes: readonly DrawnBox[]) => void;
  setComplete: (photoId: string, complete: boolean) => void;
  /** Makes a class and has the next box get it. @returns its id, or that of the class that has the name; null for an empty name */
  addFindClass: (name: string) => string | null;
  /** @returns false where the name is empty or another class has it */
  renameFindClass: (id: string, name: string) => boolean;
  recolourFindClass: (id: string, colour: number) => void;
  deleteFindClass: (id: string) => void;
  mergeFindClasses: (from: string, into: string) => void;
  chooseFindClass: (id: string) => void;
  undoFind: () => void;
  redoFind: () => void;
  showScene: (id: string) => void;
  setFindView: (view: FindView) => void;
  changeFinderSettings: (changes: Partial<FinderSettings>) => void;
  changeFinderSplit: (changes: Partial<SplitOptions>) => void;
  /** Puts a finished run first and shows it. */
  addFinderRun: (run: FinderRun) => void;
  renameFinderRun: (id: string, name: string) => void;
  removeFinderRun: (id: string) => void;
  /** Undoes the removal of a run: it stands in its place again, and is shown. */
  putBackFinderRun: (run: FinderRun, place: number) => void;
  showFinder: (id: string | null) => void;
  setFindJob: (job: FindJob | null) => void;
  changeFindJob: (changes: Partial<FindJob>) => void;
}

/** Steps that can be undone. */
export const MAX_FIND_HISTORY = 200;

const NO_HISTORY: change.FindHistory = { undo: [], redo: [] };

/** What of the slice follows from the scenes and classes. */
type FindPlace = Pick<FindSlice, 'findClasses' | 'scenes' | 'findOrder' | 'shownScene' | 'findClass'>;

/** The state with other scenes or classes: what is shown and chosen stays where it is still there. */
export function findPlaceAfter(before: FindPlace, { findClasses, scenes }: change.FindSet, show?: string): FindPlace {
  const { findOrder, shownScene, findClass } = before;
  const order = scenes === before.scenes ? findOrder : sortByArrival([...scenes.keys()]);
  const gone = new Set(findOrder.filter((id) => !scenes.has(id)));
  const stays = shownScene !== null && scenes.has(shownScene) ? shownScene : null;
  const next = shownScene !== null && stays === null ? neighbour(findOrder, shownScene, gone) : stays;
  return {
    findClasses,
    scenes,
    findOrder: order,
    shownScene: show !== undefined && scenes.has(show) ? show : (next ?? order[0] ?? null),
    findClass: findClasses.some(({ id }) => id === findClass) ? findClass : (findClasses[0]?.id ?? null),
  };
}

export const createFindSlice: CreateSlice<FindSlice, FindSlice & PhotoHolders & { released: Released }> = (
  set,
  get,
) => {
  const push = (patch: change.FindPatch) => {
    const { findHistory } = get();
    const steps = [...findHistory.undo, patch];
    const dropped = steps.length > MAX_FIND_HISTORY || findHistory.redo.length > 0;
    set({
      ...findPlaceAfter(get(), change.applyFindPatch(get(), patch, 'after')),
      findHistory: { undo: steps.slice(-MAX_FIND_HISTORY), redo: [] },
    });
    if (dropped) set(withoutUnreachable(get()) ?? {});
  };
  const editFind: FindSlice['editFind'] = (step) => {
    const patch = step(get());
    if (patch) push(patch);
  };
  /** One step back or forth in the history, and to the photo that it was about. */
  const travel = (from: 'undo' | 'redo') => {
    const { findHistory } = get();
    const patch = findHistory[from].at(-1);
    if (!patch) return;
    const to = from === 'undo' ? 'redo' : 'undo';
    const after = change.applyFindPatch(get(), patch, from === 'undo' ? 'before' : 'after');
    const about = patch.scenes.size > 0 ? [...patch.scenes.keys()].find((id) => after.scenes.has(id)) : undefined;
    const sees = get().shownScene;
    const stays = sees !== null && patch.scenes.has(sees) ? sees : about;
    set({
      ...findPlaceAfter(get(), after, stays),
      findHistory: { ...findHistory, [from]: findHistory[from].slice(0, -1), [to]: [...findHistory[to], patch] },
    });
  };
  const setRuns = (finderRuns: readonly FinderRun[], shownFinder: string | null) => set({ finderRuns, shownFinder });

  return {
    findClasses: [],
    scenes: new Map<string, Scene>(),
    findOrder: [],
    shownScene: null,
    findClass: null,
    findView: 'boxes',
    finderSettings: DEFAULT_FINDER,
    finderSplit: DEFAULT_SPLIT,
    finderRuns: [],
    shownFinder: null,
    findJob: null,
    findHistory: NO_HISTORY,
    editFind,
    addScenes: (ids, rows = []) => {
      if (rows.length > 0) set({ photos: new Map([...get().photos, ...rows.map((row) => [row.id, row] as const)]) });
      const known = ids.filter((id) => get().photos.has(id));
      editFind((before) => change.addScenes(before, known));
    },
    removeScenes: (ids) => editFind((before) => change.removeScenes(before, ids)),
    setBoxes: (photoId, boxes) => editFind((before) => change.setBoxes(before, photoId, boxes)),
    setComplete: (photoId, complete) => editFind((before) => change.setComplete(before, photoId, complete)),
    addFindClass: (name) => {
      const id = nextName('find-class');
      editFind((before) => change.addFindClass(before, id, name));
      const findClass = change.findClassNamed(get().findClasses, name)?.id ?? null;
      if (findClass !== null) set({ findClass });
      return findClass;
    },
    renameFindClass: (id, name) => {
      editFind((before) => change.renameFindClass(before, id, name));
      return change.findClassNamed(get().findClasses, name)?.id === id;
    },
    recolourFindClass: (id, colour) => editFind((before) => change.recolourFindClass(before, id, colour)),
    deleteFindClass: (id) => editFind((before) => change.deleteFindClass(before, id)),
    mergeFindClasses: (from, into) => {
      editFind((before) => change.mergeFindClasses(before, from, into));
      if (get().findClasses.some(({ id }) => id === into)) set({ findClass: into });
    },
    chooseFindClass: (id) => {
      if (get().findClasses.some((row: FindClassRow) => row.id === id)) set({ findClass: id });
    },
    undoFind: () => travel('undo'),
    redoFind: () => travel('redo'),
    showScene: (id) => {
      if (get().scenes.has(id)) set({ shownScene: id });
    },
    setFindView: (findView) => set({ findView }),
    changeFinderSettings: (changes) =>
      set(({ finderSettings }) => ({ finderSettings: { ...finderSettings, ...changes } })),
    changeFinderSplit: (changes) => set(({ finderSplit }) => ({ finderSplit: { ...finderSplit, ...changes } })),
    addFinderRun: (run) => setRuns([run, ...get().finderRuns], run.id),
    renameFinderRun: (id, name) =>
      set(({ finderRuns }) => ({
        finderRuns: finderRuns.map((run) => (run.id === id ? { ...run, name, finder: { ...run.finder, name } } : run)),
      })),
    removeFinderRun: (id) => {
      const { finderRuns, shownFinder } = get();
      const left = finderRuns.filter((run) => run.id !== id);
      setRuns(left, shownFinder === id ? (left[0]?.id ?? null) : shownFinder);
    },
    putBackFinderRun: (run, place) => setRuns(get().finderRuns.toSpliced(place, 0, run), run.id),
    showFinder: (shownFinder) => set({ shownFinder }),
    setFindJob: (findJob) => set({ findJob }),
    changeFindJob: (changes) => set(({ findJob }) => (findJob ? { findJob: { ...findJob, ...changes } } : {})),
  };
};
