import { useState } from 'react';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { Note } from '../../../ui/notes/Note.tsx';
import { whyNotTrain } from '../trainingRequest.ts';
import { interrupted } from '../../../client/interrupted.ts';
import { startTraining } from './job.ts';

/** After a reload in the middle of a training: an offer to go on. What was looked at is kept, so it does not begin at nothing. */
export function GoOn() {
  const [found, setFound] = useState(() => useStore.getState().job === null && interrupted.found());
  const training = useStore((state) => state.job !== null);
  const reason = useStore(whyNotTrain);
  if (!found || training || reason) return null;
  const dismiss = () => {
    interrupted.over();
    setFound(false);
  };
  return (
    <Note
      actions={
        <Button
          onClick={() => {
            setFound(false);
            void startTraining();
          }}
        >
          Go on training
        </Button>
      }
      onDismiss={dismiss}
    >
      The page was closed in the middle of a training. What it had looked at is kept.
    </Note>
  );
}
