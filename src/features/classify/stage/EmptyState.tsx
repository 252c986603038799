import { type CSSProperties, useState } from 'react';
import { messageOf } from '../../../core/errors.ts';
import { useStore } from '../../../store/store.ts';
import { EmptyTab } from '../../../ui/EmptyTab.tsx';
import { dimensions } from '../../../ui/format.ts';
import { Note } from '../../../ui/Note.tsx';
import { useMediaQuery } from '../../../ui/useMediaQuery.ts';
import { AddBar } from '../list/AddBar.tsx';
import { ClearedNote } from '../list/ClearedNote.tsx';
import styles from './Classes.module.css';
import { HeadField } from '../settings/HeadField.tsx';
import { queue } from '../list/queue.ts';
import { fetchSample, type Sample, SAMPLES, sampleUrl } from './samples.ts';

/** The page before there is a photo: what to do, and something to try it on. */
export function EmptyState() {
  const [problem, setProblem] = useState<string | null>(null);
  const trained = useStore((state) => state.heads.length > 0);
  const touch = useMediaQuery('(pointer: coarse)');
  const open = (sample: Sample) => {
    fetchSample(sample).then(
      (file) => queue.add([{ file, path: file.name }]),
      (error: unknown) => setProblem(messageOf(error)),
    );
  };
  return (
    <EmptyTab
      line={touch ? 'Add photos of any size' : 'Drop photos of any size on this page'}
      more="They are classified in your browser and never leave this computer."
    >
      <AddBar primary />
      {trained && (
        <div className={styles['emptyStateHead']}>
          <HeadField label="Answers with" />
        </div>
      )}
      <ClearedNote />
      <div>
        <p className={styles['quiet']}>Or try a sample:</p>
      </div>
      <ul className={styles['samples']}>
        {SAMPLES.map((sample) => (
          <li key={sample.file} style={{ '--aspect': sample.width / sample.height } as CSSProperties}>
            <button type="button" className={styles['sample']} onClick={() => open(sample)}>
              <img src={sampleUrl(sample, true)} alt={sample.alt} width={sample.width} height={sample.height} />
              {dimensions(sample)}
            </button>
          </li>
        ))}
      </ul>
      {problem && (
        <Note tone="error" onDismiss={() => setProblem(null)}>
          {problem}
        </Note>
      )}
    </EmptyTab>
  );
}
