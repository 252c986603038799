import { forgetFinder } from '../../../client/find/finders.ts';
import { DEFAULT_FINDER } from '../../../core/find/settings.ts';
import type { ProjectFind } from '../../../core/project/findModel.ts';
import { DEFAULT_SPLIT } from '../../../core/training/defaults.ts';
import { findPlaceAfter } from '../../../store/find.ts';
import { useStore } from '../../../store/store.ts';
import type { ProjectContents } from './ChangeTracker.ts';

/** Of a project in which nothing was to be found yet. */
export const NO_FIND: ProjectFind = { classes: [], settings: DEFAULT_FINDER, split: DEFAULT_SPLIT };

/** Puts what a project has for finding into the page's state; what is shown stays where it is still there. */
export function showFind(
  { scenes, find, finders }: Pick<ProjectContents, 'scenes' | 'find' | 'finders'>,
  withSettings: boolean,
): void {
  const before = useStore.getState();
  for (const { id } of before.finderRuns) {
    // The engine may hold it still: it knows it under an id that no other gets.
    if (!finders.some((run) => run.id === id)) void forgetFinder(id).catch(() => {});
  }
  useStore.setState({
    ...findPlaceAfter(before, { findClasses: find.classes, scenes }),
    finderSettings: find.settings,
    finderSplit: find.split,
    finderRuns: finders,
    shownFinder: finders.some(({ id }) => id === before.shownFinder) ? before.shownFinder : (finders[0]?.id ?? null),
    findHistory: { undo: [], redo: [] },
    ...(withSettings && { findView: 'boxes' }),
  });
}
