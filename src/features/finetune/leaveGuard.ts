import { useStore } from '../../store/store.ts';

/** Whether closing the page would lose something: work that goes on, or what projects could not keep. Photos still being read are kept. */
export function hasUnkeptWork(): boolean {
  const { job, keeping, notDurable, dataset, runs } = useStore.getState();
  const safe = keeping === 'following' || (keeping === 'kept' && notDurable === null);
  return job !== null || (!safe && (dataset.members.size > 0 || runs.length > 0));
}

let on = false;

/** From now on the browser asks before the page closes, as long as there is unkept work, whatever tab is open. */
export function guardLeaving(): void {
  if (on) return;
  on = true;
  window.addEventListener('beforeunload', (event) => {
    if (hasUnkeptWork()) event.preventDefault();
  });
}
