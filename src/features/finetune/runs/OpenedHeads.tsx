import { useShallow } from 'zustand/react/shallow';
import { headOf } from '../../../client/trainedHeads.ts';
import { openedHeads } from '../../../store/heads.ts';
import type { HeadEntry } from '../../../store/settings.ts';
import { useStore } from '../../../store/store.ts';
import { FileName } from '../../../ui/FileName.tsx';
import { plural } from '../../../ui/format.ts';
import { pyramidWords } from '../../../core/pyramid/pyramidWords.ts';
import { HeadItem, useHeadInUse } from './HeadItem.tsx';
import styles from './runs.module.css';

/** The heads that came from a file. */
export function OpenedHeads() {
  const heads = useStore(useShallow(openedHeads));
  if (heads.length === 0) return null;
  return (
    <section className={styles['runs']} aria-labelledby="opened-heads">
      <h2 className={styles['title']} id="opened-heads">
        Opened heads
      </h2>
      <ul>
        {heads.map((entry) => (
          <OpenedHead key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function OpenedHead({ entry: { id, name, classes } }: { entry: HeadEntry }) {
  const inUse = useHeadInUse(id);
  const pyramid = headOf(id)?.pyramid;
  const details = [plural(classes.length, 'class', 'classes'), ...(pyramid ? [pyramidWords(pyramid)] : [])];
  return (
    <HeadItem id={id} name={name} what="head">
      <div className={styles['main']}>
        <FileName name={name} />
        <small>{details.join(' · ')}</small>
        {inUse && (
          <small>
            <span className={styles['active']}>in use in Classify</span>
          </small>
        )}
      </div>
    </HeadItem>
  );
}
