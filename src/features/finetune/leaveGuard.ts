import { useStore } from '../../store/store.ts';

/** Whether closing the page would lose something: work that goes on, photos that are arranged, or runs. */
export function hasUnkeptWork(): boolean {
  const { job, reading, dataset, runs } = useStore.getState();
  return job !== null || reading !== null || dataset.members.size > 0 || runs.length > 0;
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
