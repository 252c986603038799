import { useState } from 'react';
import { interruptedFinder } from '../../../client/interrupted.ts';
import { useAppState } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { Note } from '../../../ui/notes/Note.tsx';
import { startFinder } from './finderJob.ts';
import { trainable, whyNotTrain } from './trainable.ts';

/** After a reload in the middle of a training: an offer to go on. Maps of photos that were looked at are kept, so it does not begin at nothing. */
export function GoOnFinder() {
  const state = useAppState('findJob', 'findClasses', 'scenes', 'photos', 'findOrder');
  const [found, setFound] = useState(() => state.findJob === null && interruptedFinder.found());
  const ready = whyNotTrain(state, trainable(state, state.findOrder)) === null;
  if (!found || state.findJob || !ready) return null;
  return (
    <Note
      actions={
        <Button
          onClick={() => {
            setFound(false);
            void startFinder();
          }}
        >
          Go on training
        </Button>
      }
      onDismiss={() => {
        interruptedFinder.over();
        setFound(false);
      }}
    >
      The page was closed in the middle of a training. The maps of the photos that it had looked at are kept.
    </Note>
  );
}
