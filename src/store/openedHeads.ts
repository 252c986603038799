import type { HeadEntry } from './settings.ts';
import type { AppState } from './store.ts';

/** The heads that came from a file: those that belong to no run. */
export function openedHeads({ heads, runs }: Pick<AppState, 'heads' | 'runs'>): HeadEntry[] {
  return heads.filter(({ id }) => !runs.some((run) => run.id === id));
}
