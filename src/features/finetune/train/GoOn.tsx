import { interrupted } from '../../../client/interrupted.ts';
import { useStore } from '../../../store/store.ts';
import { GoOnNote } from '../../../ui/notes/GoOnNote.tsx';
import { whyNotTrain } from '../trainingRequest.ts';
import { startTraining } from './job.ts';

/** What was looked at is kept, so it does not begin at nothing. */
export function GoOn() {
  const training = useStore((state) => state.job !== null);
  const reason = useStore(whyNotTrain);
  return (
    <GoOnNote
      found={() => !training && interrupted.found()}
      ready={!training && !reason}
      start={() => void startTraining()}
      dismiss={interrupted.over}
    >
      The page was closed in the middle of a training. What it had looked at is kept.
    </GoOnNote>
  );
}
