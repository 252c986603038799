import { FolderOpen } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/menu/Dialog.tsx';
import { FileName } from '../../../ui/FileName.tsx';
import { count, plural, visibleName, wait } from '../../../ui/format.ts';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { BatchProblem } from './BatchProblem.tsx';
import styles from './Panels.module.css';
import { QuestionNote } from './SettingsPanel.tsx';
import { usePickPhotos } from './usePickPhotos.tsx';
import { pageBatch } from '../run/pageBatch.ts';

/** 0.42 → "0.42", 12.43 → "12.4", 140.2 → "140". */
function photosPerSecond(pace: number): string {
  return pace >= 100 ? pace.toFixed(0) : pace.toPrecision(pace < 1 ? 2 : 3);
}

/** How far the batch is, and what can be done about it. */
export function BatchStatus() {
  const listing = useStore((state) => state.batchListing);
  const batch = useStore((state) => state.batch);
  const running = useStore((state) => state.batchProgress !== null);
  const rows = useStore((state) => state.batchRows);
  const failed = useMemo(() => rows.filter(({ status }) => status === 'failed').length, [rows]);
  const results = rows.length;
  const [clearing, setClearing] = useState(false);
  const { pickFolder, pickPhotos, inputs } = usePickPhotos();
  if (!batch) return null;
  const finished = batch.total !== null && results >= batch.total;
  return (
    <div className={styles['panel']}>
      <div className={styles['line']}>
        <h2>{batch.folder === null ? 'Photos' : <FileName name={batch.folder} />}</h2>
        {!running && (
          <Button look="link" onClick={() => setClearing(true)}>
            New batch…
          </Button>
        )}
      </div>
      <div className={styles['progress']}>
        {running ? <Running /> : <Resting finished={finished} pickFolder={pickFolder} pickPhotos={pickPhotos} />}
      </div>
      <p className="visually-hidden" role="status">
        {running ? 'The batch is running.' : finished ? `The batch is done: ${plural(results, 'photo')}.` : ''}
      </p>
      {listing && <p className={styles['quiet']}>Reading the folder…</p>}
      <QuestionNote />
      <BatchProblem />
      {failed > 0 && !running && (
        <div className={styles['line']}>
          <span>{plural(failed, 'photo')} could not be read</span>
          <Button look="link" onClick={() => void pageBatch.retryFailed()}>
            Try again
          </Button>
        </div>
      )}
      {inputs}
      {clearing && (
        <Dialog title="New batch" onClose={() => setClearing(false)}>
          <p>
            {plural(results, 'result')} of this batch {results === 1 ? 'is' : 'are'} deleted. Your photos stay as they
            are.
          </p>
          <div className={styles['row']}>
            <Button
              look="primary"
              onClick={() => {
                setClearing(false);
                void pageBatch.clear();
              }}
            >
              Delete and start anew
            </Button>
            <Button onClick={() => setClearing(false)}>Keep</Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

function Running() {
  const progress = useStore((state) => state.batchProgress);
  if (!progress) return null;
  const { listing, total, done, pace, secondsLeft } = progress;
  return (
    <>
      <div className={styles['line']}>
        <span>
          {listing ? `${count(done)} done, ${count(total)} found so far` : `${count(done)} of ${count(total)} photos`}
        </span>
        <Button look="link" onClick={() => pageBatch.stop()}>
          Stop
        </Button>
      </div>
      <ProgressBar label="Photos computed" fraction={done / Math.max(1, total)} />
      <p className={styles['quiet']}>
        {pace === null ? 'Starting…' : `${photosPerSecond(pace)} photos/s`}
        {secondsLeft !== null && ` · about ${wait(secondsLeft)} left`}
      </p>
    </>
  );
}

interface RestingProps {
  finished: boolean;
  pickFolder: () => void;
  pickPhotos: () => void;
}

function Resting({ finished, pickFolder, pickPhotos }: RestingProps) {
  const total = useStore((state) => state.batch?.total ?? null);
  const folder = useStore((state) => state.batch?.folder ?? null);
  const results = useStore((state) => state.batchRows.length);
  const photos = useStore((state) => state.batchPhotos);
  const awaited = useStore((state) => state.batchAwaited);
  if (finished) {
    return (
      <>
        <p>{plural(results, 'photo')} done</p>
        <div className={styles['row']}>
          <Button onClick={folder === null ? pickPhotos : pickFolder}>
            <FolderOpen size={16} aria-hidden />
            Add {folder === null ? 'photos' : 'a folder'}
          </Button>
        </div>
      </>
    );
  }
  const done = total === null ? `${plural(results, 'photo')} done` : `${count(results)} of ${count(total)} done`;
  // The heading names the folder where it is the only one.
  const alone = awaited.length < 2 && (awaited[0] ?? folder) === folder;
  if (photos === 'choose') {
    const next = awaited.length > 0 ? (awaited[0] ?? null) : folder;
    const what = next === null ? 'photos' : 'folder';
    return (
      <>
        <p>
          {done}: choose {alone || next === null ? `the same ${what}` : `“${visibleName(next)}” again`} to go on
        </p>
        <div className={styles['row']}>
          <Button look="primary" onClick={next === null ? pickPhotos : pickFolder}>
            <FolderOpen size={16} aria-hidden />
            Choose the {what}
          </Button>
        </div>
      </>
    );
  }
  return (
    <>
      <p>{done}</p>
      <div className={styles['row']}>
        <Button look="primary" onClick={() => void pageBatch.goOn()}>
          Go on
        </Button>
        {photos === 'ask' && (
          <span className={styles['quiet']}>
            The browser asks whether the page may read {alone ? 'it' : listed(awaited)}.
          </span>
        )}
      </div>
    </>
  );
}

const list = new Intl.ListFormat('en');

function listed(folders: readonly (string | null)[]): string {
  return list.format(folders.map((folder) => (folder === null ? 'the photos' : `“${visibleName(folder)}”`)));
}
