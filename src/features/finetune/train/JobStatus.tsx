import type { RunRow } from '../../../core/project/model.ts';
import { ChartColumn, Pause, Play, Square, Trash2 } from 'lucide-react';
import { useStore } from '../../../store/store.ts';
import type { Job } from '../../../store/training.ts';
import { Button } from '../../../ui/Button.tsx';
import { count, plural, visibleName, wait } from '../../../ui/format.ts';
import { Note } from '../../../ui/notes/Note.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { controlJob, discardJob } from './job.ts';
import { ExamplePoint } from '../results/ExamplePoint.tsx';
import { StartButton } from '../StartButton.tsx';
import styles from './TrainView.module.css';
import { TryButton } from '../TryButton.tsx';
import { headlineWords, rate, seconds } from '../trainingWords.ts';

/** Where a job is, in words, and the share of this stage that is done. */
export function jobWords(job: Job): { words: string; fraction: number } {
  if (job.status === 'paused') return { ...progressOf(job), words: `Paused. ${progressOf(job).words}` };
  return progressOf(job);
}

function progressOf({ phase, vectors, epoch, epochs, solving }: Job): { words: string; fraction: number } {
  if (phase === 'vectors') {
    if (!vectors) return { words: 'Getting ready', fraction: 0 };
    const { done, total, cached, secondsLeft } = vectors;
    const left = secondsLeft === null ? '' : `, ${wait(secondsLeft)} left`;
    const had = cached > 0 ? ` (${count(cached)} were at hand)` : '';
    return {
      words: `Looking at photo ${count(done)} of ${count(total)}${had}${left}`,
      fraction: done / Math.max(1, total),
    };
  }
  if (phase === 'training') {
    return { words: `Learning: epoch ${epoch} of ${epochs}`, fraction: epoch / Math.max(1, epochs) };
  }
  if (phase === 'solving') return { words: `Solving: ${solving?.what ?? ''}`, fraction: solving?.fraction ?? 0 };
  return { words: 'Checking on the validation photos', fraction: 1 };
}

interface JobStatusProps {
  run: RunRow | null;
  onTry: (run: RunRow, photos: readonly File[]) => void;
}

/** Progress and control of a training; between trainings, how good the open run is and what to do with it. */
export function JobStatus({ run, onTry }: JobStatusProps) {
  const job = useStore((state) => (state.job?.kind === 'train' ? state.job : null));
  const words = job ? jobWords(job) : null;
  const stopping = job?.status === 'stopping';
  return (
    <div className={styles['status']}>
      {/* One place for what is said, so that its end is announced as its course is. */}
      <p role="status" className={job ? undefined : styles['headline']}>
        {stopping ? 'Stopping…' : (words?.words ?? headlineOf(run))}
      </p>
      {job && words ? (
        <>
          <ProgressBar label={words.words} fraction={words.fraction} />
          <Controls job={job} />
        </>
      ) : (
        <Outcome run={run} onTry={onTry} />
      )}
    </div>
  );
}

function headlineOf(run: RunRow | null): string {
  if (!run) return 'Not trained yet.';
  return headlineWords(run.metrics);
}

function Controls({ job }: { job: Job }) {
  const learning = job.phase === 'training';
  const stopping = job.status === 'stopping';
  // A solver runs through; it takes seconds.
  const canPause = learning || job.phase === 'vectors';
  return (
    <div className={styles['line']}>
      {job.status === 'paused' ? (
        <Button look="primary" icon={Play} onClick={() => controlJob('resume')}>
          Resume
        </Button>
      ) : (
        <Button icon={Pause} disabled={stopping || !canPause} onClick={() => controlJob('pause')}>
          Pause
        </Button>
      )}
      <Button
        icon={Square}
        disabled={!learning || stopping}
        title="End now and keep what it has learned"
        onClick={() => controlJob('stop')}
      >
        Stop and keep
      </Button>
      <Button icon={Trash2} disabled={stopping} title="End now; what it has learned is lost" onClick={discardJob}>
        {learning ? 'Discard' : 'Cancel'}
      </Button>
    </div>
  );
}

function Outcome({ run, onTry }: JobStatusProps) {
  const setView = useStore((state) => state.setFineTuneView);
  if (!run) {
    return (
      <div className={styles['line']}>
        <StartButton />
      </div>
    );
  }
  return (
    <>
      <details className={styles['quiet']}>
        <summary>
          <bdi>{visibleName(run.name)}</bdi>: {plural(run.predictions.length, 'photo')}
          {run.stopped && ', stopped early'}
        </summary>
        Looked at in {seconds(run.seconds.vectors)}, learned in {seconds(run.seconds.training)} on {run.backend}
        {run.training.method === 'gradient' && `, learning rate ${rate(run.training.learningRate)}`}, weight decay{' '}
        {rate(run.training.weightDecay)}.
      </details>
      <ExamplePoint run={run} />
      <div className={styles['line']}>
        <Button look="primary" icon={ChartColumn} onClick={() => setView('results')}>
          See results
        </Button>
        <TryButton run={run} onTry={onTry} />
        <StartButton />
      </div>
      {run.notices.length > 0 && (
        <Note>
          {run.notices.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </Note>
      )}
      {run.failed.length > 0 && (
        <Note tone="warn">
          {plural(run.failed.length, 'photo')} could not be read any more and {run.failed.length === 1 ? 'was' : 'were'}{' '}
          left out: {run.failed[0]?.message}
        </Note>
      )}
    </>
  );
}
