import { FAST_FINDER } from '../../../core/find/settings.ts';
import { useStore } from '../../../store/store.ts';
import { addFindExample } from '../photos/addFindExample.ts';
import { startFinder } from './finderJob.ts';

/** The built-in example from one click: scenes with boxes, trained with a small look, and what it finds in a scene that it has never seen. */
export async function tryFindExample(): Promise<void> {
  const fresh = await addFindExample();
  const { changeFinderSettings, showScene } = useStore.getState();
  changeFinderSettings(structuredClone(FAST_FINDER));
  const run = await startFinder();
  if (run && fresh[0] !== undefined) showScene(fresh[0]);
}
