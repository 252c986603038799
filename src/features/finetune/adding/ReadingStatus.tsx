import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { count, plural, wait } from '../../../ui/format.ts';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import styles from '../classes/ClassesZone.module.css';
import { ingestQueue, readWaiting } from '../photos/ingest.ts';
import status from './Status.module.css';

/** How far the reading of photos is; after a stop, how many are left and a way on. */
export function ReadingStatus({ waiting }: { waiting: number }) {
  const reading = useStore((state) => state.reading);
  if (!reading && waiting === 0) return null;
  return (
    <div className={`${styles['reading']} ${status['status']}`} role="status">
      {reading ? (
        <>
          <p>
            <span>
              Reading {count(reading.done)} of {count(reading.total)}
              {reading.secondsLeft !== null && `, ${wait(reading.secondsLeft)} left`}
            </span>
            <Button look="link" onClick={() => ingestQueue.cancel()}>
              Stop
            </Button>
          </p>
          <ProgressBar label="Reading photos" fraction={reading.done / reading.total} />
        </>
      ) : (
        <p>
          <span>{plural(waiting, 'photo is', 'photos are')} not read yet</span>
          <Button look="link" onClick={readWaiting}>
            Go on
          </Button>
        </p>
      )}
    </div>
  );
}
