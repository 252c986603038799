import { FolderTree } from 'lucide-react';
import { useRef, useState } from 'react';
import { messageOf } from '../../../core/errors.ts';
import { Throttle } from '../../../core/tasks/Throttle.ts';
import type { BatchRow } from '../../../core/batchModel.ts';
import { Button } from '../../../ui/Button.tsx';
import { count, plural } from '../../../ui/format.ts';
import { Note } from '../../../ui/notes/Note.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import styles from './Panels.module.css';
import { chooseFolder } from '../run/permission.ts';
import { type WriteOutcome, writeFolders } from './writeFolders.ts';
import { pageBatch } from '../run/pageBatch.ts';

/** Copies of the photos in a folder for each class, where the browser can write folders. */
export function SortPanel({ shown }: { shown: readonly BatchRow[] }) {
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  const [outcome, setOutcome] = useState<WriteOutcome | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const stop = useRef<AbortController | null>(null);
  const photos = shown.filter(({ status }) => status === 'done').length;

  const write = async () => {
    setProblem(null);
    setOutcome(null);
    const aborter = new AbortController();
    stop.current = aborter;
    let copied = { done: 0, total: photos };
    const throttle = new Throttle(() => setProgress(copied));
    try {
      const parent = await chooseFolder('readwrite');
      if (!parent) return;
      throttle.now();
      const onProgress = (done: number, total: number) => {
        copied = { done, total };
        throttle.soon();
      };
      setOutcome(
        await writeFolders(parent, shown, {
          photoOf: (row) => pageBatch.photoOf(row),
          onProgress,
          signal: aborter.signal,
        }),
      );
    } catch (error) {
      if (aborter.signal.aborted) setProblem('Stopped. The copies that were written stay where they are.');
      else setProblem(`The folder could not be written: ${messageOf(error)}`);
    } finally {
      throttle.drop();
      setProgress(null);
    }
  };

  return (
    <section className={styles['panel']} aria-label="Sort into folders">
      <h3>Sort into folders</h3>
      {'showDirectoryPicker' in window ? (
        <>
          <p className={styles['quiet']}>
            Copies {filteredWords(photos)} into a new folder, with a folder for each class.
          </p>
          {progress ? (
            <>
              <div className={styles['line']}>
                <span>
                  {count(progress.done)} of {count(progress.total)} copied
                </span>
                <Button look="link" onClick={() => stop.current?.abort()}>
                  Stop
                </Button>
              </div>
              <ProgressBar label="Photos copied" fraction={progress.done / Math.max(1, progress.total)} />
            </>
          ) : (
            <div className={styles['row']}>
              <Button disabled={photos === 0} onClick={() => void write()}>
                <FolderTree size={16} aria-hidden />
                Choose where…
              </Button>
            </div>
          )}
        </>
      ) : (
        <p className={styles['quiet']}>This browser does not let a page write folders; Chrome and Edge do.</p>
      )}
      {outcome && (
        <Note tone={outcome.missing.length > 0 ? 'warn' : 'info'} onDismiss={() => setOutcome(null)}>
          {plural(outcome.written, 'photo')} copied into “{outcome.folder}”.
          {outcome.missing.length > 0 &&
            ` ${plural(outcome.missing.length, 'photo')} could not be copied: choose the folder of the batch again.`}
        </Note>
      )}
      {problem && (
        <Note tone="error" onDismiss={() => setProblem(null)}>
          {problem}
        </Note>
      )}
    </section>
  );
}

function filteredWords(photos: number): string {
  return photos === 1 ? 'the photo that is shown' : `the ${plural(photos, 'photo')} that are shown`;
}
