import type { WorkProgress } from '../../core/tasks/progress.ts';
import { count, plural, wait } from '../format.ts';
import { ProgressLine } from '../ProgressBar.tsx';
import styles from './ReadingLine.module.css';

export interface ReadingLineProps {
  /** Null while no photo is read. */
  reading: WorkProgress | null;
  /** Photos that are not read yet. */
  waiting: number;
  onStop: () => void;
  onGoOn: () => void;
}

/** How far the reading of photos is; after a stop, how many are left and a way on. */
export function ReadingLine({ reading, waiting, onStop, onGoOn }: ReadingLineProps) {
  if (!reading && waiting === 0) return null;
  return (
    <ProgressLine
      className={styles['reading']}
      work={reading && { label: 'Reading photos', fraction: reading.done / reading.total }}
      action={reading ? 'Stop' : 'Go on'}
      onAction={reading ? onStop : onGoOn}
    >
      {reading
        ? `Reading ${count(reading.done)} of ${count(reading.total)}` +
          (reading.secondsLeft === null ? '' : `, ${wait(reading.secondsLeft)} left`)
        : `${plural(waiting, 'photo is', 'photos are')} not read yet`}
    </ProgressLine>
  );
}
