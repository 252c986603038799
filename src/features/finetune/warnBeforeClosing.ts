import { useStore } from '../../store/store.ts';

/** Whether closing the page would lose something: work that goes on, or what projects could not keep. Photos still being read are kept. */
export function hasUnkeptWork(): boolean {
  const { job, keeping, notDurable, dataset, runs } = useStore.getState();
  const safe = keeping === 'following' || (keeping === 'kept' && notDurable === null);
  return job !== null || (!safe && (dataset.members.size > 0 || runs.length > 0));
}

function warnOfLoss(event: BeforeUnloadEvent): void {
  if (hasUnkeptWork()) event.preventDefault();
}

/** From now on the browser asks before the page closes while there is unkept work, whatever tab is open; a second call changes nothing. */
export function warnBeforeClosing(): void {
  window.addEventListener('beforeunload', warnOfLoss);
}
