import { interruptedFinder } from '../../../client/interrupted.ts';
import { useAppState } from '../../../store/store.ts';
import { GoOnNote } from '../../../ui/notes/GoOnNote.tsx';
import { startFinder } from './finderJob.ts';
import { trainable, whyNotTrain } from './trainable.ts';

/** Maps of photos that were looked at are kept, so it does not begin at nothing. */
export function GoOnFinder() {
  const state = useAppState('findJob', 'findClasses', 'scenes', 'photos', 'findOrder');
  const reason = whyNotTrain(state, trainable(state, state.findOrder));
  return (
    <GoOnNote
      found={() => state.findJob === null && interruptedFinder.found()}
      ready={state.findJob === null && reason === null}
      start={() => void startFinder()}
      dismiss={interruptedFinder.over}
    >
      The page was closed in the middle of a training. The maps of the photos that it had looked at are kept.
    </GoOnNote>
  );
}
