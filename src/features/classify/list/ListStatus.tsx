import { useMemo } from 'react';
import type { ImageFilter } from '../../../store/images.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { count, plural, wait } from '../../../ui/format.ts';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import styles from './ImageList.module.css';
import { clearAll } from './clearAll.ts';
import { ClearedNote } from './ClearedNote.tsx';
import { queue } from './queue.ts';

const FILTERS: [ImageFilter, string][] = [
  ['all', 'All'],
  ['done', 'Done'],
  ['failed', 'Could not be read'],
];

/** Over the list: how far the queue is, or how many photos there are; what failed or was cancelled, and what to do. */
export function ListStatus() {
  const order = useStore((state) => state.order);
  const rows = useStore((state) => state.rows);
  const progress = useStore((state) => state.progress);
  const by = useMemo(() => {
    const ids = { done: [] as string[], failed: [] as string[], cancelled: [] as string[] };
    for (const id of order) {
      const status = rows[id]?.status;
      if (status === 'done' || status === 'failed' || status === 'cancelled') ids[status].push(id);
    }
    return ids;
  }, [order, rows]);
  const left = progress?.secondsLeft;

  return (
    <div className={styles['status']}>
      {progress ? (
        <>
          <div className={styles['line']}>
            <span>
              {count(progress.done)} of {count(progress.total)}
              {left != null && ` · about ${wait(left)} left`}
            </span>
            <div>
              <Button look="link" onClick={() => queue.cancelAll()}>
                Cancel
              </Button>
            </div>
          </div>
          <div className={styles['progress']}>
            <ProgressBar label="Photos classified" fraction={progress.done / Math.max(1, progress.total)} />
          </div>
        </>
      ) : (
        <div className={styles['line']}>
          <span>{plural(order.length, 'photo')}</span>
          <div>
            {by.cancelled.length > 0 && (
              <Button look="link" onClick={() => queue.again(by.cancelled)}>
                Go on ({count(by.cancelled.length)})
              </Button>
            )}
            <Button look="link" onClick={clearAll}>
              Clear all
            </Button>
          </div>
        </div>
      )}
      <ClearedNote />
      {by.failed.length > 0 && (
        <Failures counts={{ all: order.length, done: by.done.length, failed: by.failed.length }} ids={by.failed} />
      )}
      <output className="visually-hidden">
        {!progress &&
          order.length > 0 &&
          `${plural(by.done.length, 'photo')} classified, ${by.failed.length} could not be read`}
      </output>
    </div>
  );
}

function Failures({ counts, ids }: { counts: Record<ImageFilter, number>; ids: readonly string[] }) {
  const filter = useStore((state) => state.filter);
  const setFilter = useStore((state) => state.setFilter);
  return (
    <>
      <div className={styles['line']}>
        <span>{plural(ids.length, 'photo')} could not be read</span>
        <div>
          <Button look="link" onClick={() => queue.again(ids)}>
            Retry
          </Button>
        </div>
      </div>
      <fieldset className={styles['filter']} aria-label="Show">
        {FILTERS.map(([value, label]) => (
          <Button key={value} aria-pressed={filter === value} onClick={() => setFilter(value)}>
            {value === 'failed' ? 'Not read' : label} {count(counts[value])}
          </Button>
        ))}
      </fieldset>
    </>
  );
}
