import { GraduationCap } from 'lucide-react';
import { useAppState, useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { plural } from '../../../ui/format.ts';
import { Note } from '../../../ui/notes/Note.tsx';
import { completeScenes } from './completeScenes.ts';
import { startFinder } from './finderJob.ts';
import { leftOutWords, trainable, whyNotTrain } from './trainable.ts';
import styles from './train.module.css';

/** The one button; says why it cannot, and asks the one thing that it needs to know. */
export function StartFinder({ again }: { again: boolean }) {
  const state = useAppState('findClasses', 'scenes', 'photos', 'findOrder', 'findJob');
  const following = useStore(({ keeping }) => keeping === 'following');
  const found = trainable(state, state.findOrder);
  const reason = following
    ? 'Another tab has this project open: train there, or take over here.'
    : whyNotTrain(state, found);
  // Nothing is known to be none of the things: the finder would find them everywhere.
  const asks = reason === null && found.complete === 0;
  const leftOut = reason === null ? leftOutWords(state, found) : null;
  const count = plural(found.ids.length, 'photo');
  const markAndTrain = () => {
    useStore.getState().editFind((set) => completeScenes(set, found.unmarked));
    void startFinder();
  };
  return (
    <div className={styles['start']}>
      <div className={styles['line']}>
        <Button
          icon={GraduationCap}
          look={again || reason !== null || asks ? 'plain' : 'primary'}
          disabled={reason !== null || asks}
          onClick={() => void startFinder()}
        >
          {again ? 'Train again' : 'Train'}
        </Button>
        <span className={styles['quiet']}>{reason ?? (asks ? '' : `Learns from ${count}. ${leftOut ?? ''}`)}</span>
      </div>
      {asks && (
        <Note
          actions={
            <Button look="primary" icon={GraduationCap} onClick={markAndTrain}>
              Yes: mark {found.unmarked.length === 1 ? 'it' : `all ${found.unmarked.length}`} and train
            </Button>
          }
        >
          Does every thing have its box in the{' '}
          {found.unmarked.length === 1 ? 'photo' : plural(found.unmarked.length, 'photo')} with boxes? What lies outside
          the boxes of a complete photo teaches what is none. You can mark photos one by one too, with the space key in
          Boxes.
        </Note>
      )}
    </div>
  );
}
