import { create } from 'zustand';
import { enginePool, pooledEngine } from '../../../client/pool/pooledEngine.ts';
import { toImageInput } from '../../../client/imageInput.ts';
import type { FinderRun } from '../../../core/find/model.ts';
import { shownFinds, type Threshold } from '../see/shownFinds.ts';
import { type FolderFile, FolderSearch, type FolderState } from './FolderSearch.ts';

/** The search that goes on, or the last one; it goes on whatever view is open. */
export const useFolderSearch = create<{ name: string; search: FolderSearch | null; state: FolderState | null }>(() => ({
  name: '',
  search: null,
  state: null,
}));

/** Searches a folder's photos with a run, from a threshold on. */
export function searchFolder(run: FinderRun, threshold: Threshold, files: readonly FolderFile[]): void {
  useFolderSearch.getState().search?.stop();
  const { finder } = run;
  let current = true;
  const search = new FolderSearch(files, {
    classes: run.classes,
    // No key: the engine keeps nothing of a photo that is done.
    find: async (task, { file, path }) => pooledEngine.find(task, await toImageInput(file, path), finder),
    cancel: (task) => pooledEngine.cancel(task),
    hands: enginePool,
    shown: (finds) => shownFinds(finds, finder, threshold),
    tell: (state) => current && useFolderSearch.setState({ state }),
  });
  useFolderSearch.setState({ name: run.name, search });
  const stopListening = useFolderSearch.subscribe((now) => {
    if (now.search === search) return;
    current = false;
    stopListening();
  });
}

export function forgetSearch(): void {
  useFolderSearch.getState().search?.stop();
  useFolderSearch.setState({ name: '', search: null, state: null });
}
