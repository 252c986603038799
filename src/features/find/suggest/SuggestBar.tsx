import { CheckCheck, ChevronRight, WandSparkles, X } from 'lucide-react';
import { EditOnly } from '../../../client/EditOnly.tsx';
import { useAppState } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { plural } from '../../../ui/format.ts';
import { Note } from '../../../ui/notes/Note.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { HintForm } from './HintForm.tsx';
import { acceptAll, passOn, showNext, stopSuggesting, suggestBoxes, untouched, whyNotSuggest } from './suggestBoxes.ts';
import styles from './suggest.module.css';

/** Boxes that the page proposes to draw: by a finder over the other photos, or without one a hint in this photo. */
export function SuggestBar({ photoId }: { photoId: string }) {
  const state = useAppState('findOrder', 'scenes', 'photos', 'finderRuns');
  const { suggestions, suggesting, findProblem } = useAppState('suggestions', 'suggesting', 'findProblem');
  const { setSuggestions, setFindProblem } = useAppState('setSuggestions', 'setFindProblem');
  const here = suggestions.get(photoId)?.length ?? 0;
  const reason = whyNotSuggest(state);
  const left = untouched(state).length;
  const trained = state.finderRuns.length > 0;
  return (
    <EditOnly>
      <div className={styles['bar']} role="group" aria-label="Suggested boxes">
        {suggesting ? (
          <>
            <span role="status">
              Looking at photo {Math.min(suggesting.total, suggesting.done + 1)} of {suggesting.total}
            </span>
            <div className={styles['progress']}>
              <ProgressBar label="Suggesting boxes" fraction={suggesting.done / Math.max(1, suggesting.total)} />
            </div>
            <Button onClick={stopSuggesting}>Stop</Button>
          </>
        ) : suggestions.size > 0 ? (
          <>
            <span role="status">
              {here > 0 ? `${plural(here, 'suggestion')} here, ` : 'None here, '}
              {plural(suggestions.size, 'photo')} with suggestions
            </span>
            <Button icon={CheckCheck} disabled={here === 0} onClick={() => acceptAll(photoId)}>
              Accept all
            </Button>
            <Button icon={X} disabled={here === 0} onClick={() => passOn(photoId)}>
              None is right
            </Button>
            <Button
              icon={ChevronRight}
              title="The next photo with suggestions, the most doubtful first"
              onClick={() => showNext(photoId)}
            >
              Next
            </Button>
            <Button look="link" onClick={() => setSuggestions(new Map())}>
              Stop suggesting
            </Button>
          </>
        ) : (
          trained && (
            <>
              <Button icon={WandSparkles} disabled={reason !== null} title={reason ?? undefined} onClick={suggestBoxes}>
                Suggest boxes
              </Button>
              <span className={styles['quiet']}>
                {reason ?? `Runs the last finder over ${plural(left, 'photo')} without boxes.`}
              </span>
            </>
          )
        )}
        {!trained && !suggesting && <HintForm photoId={photoId} />}
      </div>
      {findProblem && (
        <div className={styles['problem']}>
          <Note tone="error" onDismiss={() => setFindProblem(null)}>
            {findProblem}
          </Note>
        </div>
      )}
    </EditOnly>
  );
}
