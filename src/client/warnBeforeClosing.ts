import { useStore } from '../store/store.ts';

/** Whether closing the page would lose something: work that goes on, or what projects could not keep. Photos still being read are kept. */
export function hasUnkeptWork(): boolean {
  const { job, findJob, keeping, notDurable, dataset, runs, scenes, finderRuns } = useStore.getState();
  const safe = keeping === 'following' || (keeping === 'kept' && notDurable === null);
  const made = dataset.members.size > 0 || runs.length > 0 || scenes.size > 0 || finderRuns.length > 0;
  return job !== null || findJob !== null || (!safe && made);
}

function warnOfLoss(event: BeforeUnloadEvent): void {
  if (hasUnkeptWork()) event.preventDefault();
}

/** From now on the browser asks before the page closes while there is unkept work, whatever tab is open; a second call changes nothing. */
export function warnBeforeClosing(): void {
  window.addEventListener('beforeunload', warnOfLoss);
}
