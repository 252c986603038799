import { useMemo } from 'react';
import type { Guess } from '../../../core/training/model.ts';
import { useAppState } from '../../../store/store.ts';
import { FileName } from '../../../ui/FileName.tsx';
import { currentTrainingSet } from '../trainingSet.ts';
import styles from './TrainView.module.css';

const MOST = 16;

export interface LearningPhotosProps {
  /** Names of the classes that guesses count by. */
  classes: readonly string[];
  /** Epochs that are drawn by now; Infinity for all. */
  drawn: number;
}

/** Some of the person's photos while their classes are learned: what each is taken for changes from epoch to epoch. */
export function LearningPhotos({ classes, drawn }: LearningPhotosProps) {
  const { guesses, photos } = useAppState('guesses', 'photos');
  const now = guesses[Math.min(guesses.length - 1, Math.max(0, Math.floor(drawn) - 1))] ?? null;
  const waiting = useMemo(() => (now ? [] : spread([...currentTrainingSet().usable])), [now]);
  const shown: readonly (Guess | { id: string })[] = now ?? waiting.map((id) => ({ id }));
  if (shown.length === 0) return null;
  const right = now?.filter(({ truth, predicted }) => truth === predicted).length;
  return (
    <figure className={styles['photos']}>
      <figcaption className={styles['quiet']}>
        {now === null || right === undefined
          ? 'Some of your photos'
          : `Some photos it does not learn from, and what it takes them for: ${right} of ${now.length} right`}
      </figcaption>
      <ul>
        {shown.map((one) => (
          <Photo key={one.id} url={photos.get(one.id)?.thumbnailUrl ?? null} guess={guessOf(one)} classes={classes} />
        ))}
      </ul>
    </figure>
  );
}

function guessOf(one: Guess | { id: string }): Guess | null {
  return 'predicted' in one ? one : null;
}

/** As many as are shown, from all over the list. */
function spread(ids: readonly string[]): string[] {
  const count = Math.min(MOST, ids.length);
  return Array.from({ length: count }, (_, i) => ids[Math.floor((i * ids.length) / count)] ?? '');
}

interface PhotoProps {
  url: string | null;
  guess: Guess | null;
  classes: readonly string[];
}

function Photo({ url, guess, classes }: PhotoProps) {
  const right = guess?.truth === guess?.predicted;
  return (
    <li data-right={guess ? right : undefined}>
      {url ? <img src={url} alt="" /> : <span />}
      <span className={styles['guess']}>
        {guess && (
          <>
            <FileName name={classes[guess.predicted] ?? ''} />
            <span>&nbsp;{right ? '✓' : '✗'}</span>
          </>
        )}
      </span>
    </li>
  );
}
