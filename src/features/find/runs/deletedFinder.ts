import { createUndo } from '../../../client/createUndo.ts';
import { useStore } from '../../../store/store.ts';
import { deleteFinder } from '../train/finderJob.ts';

/** A run that was deleted last, with what brings it back; it comes back in no other project. */
export const deletedFinder = createUndo<{ name: string; project: string | undefined; putBack: () => void }>();

/** Deletes a run; for half a minute it can be put back. */
export function deleteRun(id: string): void {
  const gone = deleteFinder(id);
  if (!gone) return;
  const putBack = () => {
    deletedFinder.take();
    useStore.getState().putBackFinderRun(gone.run, gone.place);
  };
  deletedFinder.offer({ name: gone.run.name, project: useStore.getState().project?.id, putBack });
}
