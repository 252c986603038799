import { useStore } from '../../../store/store.ts';
import { count, plural, wait } from '../../../ui/format.ts';
import { ProgressLine } from '../../../ui/ProgressBar.tsx';
import { ingestQueue, readWaiting } from '../photos/ingest.ts';
import styles from './classes.module.css';

/** How far the reading of photos is; after a stop, how many are left and a way on. */
export function ReadingStatus({ waiting }: { waiting: number }) {
  const reading = useStore((state) => state.reading);
  if (!reading && waiting === 0) return null;
  return (
    <ProgressLine
      className={styles['reading']}
      work={reading && { label: 'Reading photos', fraction: reading.done / reading.total }}
      action={reading ? 'Stop' : 'Go on'}
      onAction={reading ? () => ingestQueue.cancel() : readWaiting}
    >
      {reading
        ? `Reading ${count(reading.done)} of ${count(reading.total)}` +
          (reading.secondsLeft === null ? '' : `, ${wait(reading.secondsLeft)} left`)
        : `${plural(waiting, 'photo is', 'photos are')} not read yet`}
    </ProgressLine>
  );
}
