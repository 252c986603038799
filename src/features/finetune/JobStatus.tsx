import { Pause, Play, Square, Trash2 } from 'lucide-react';
import { useStore } from '../../store/store.ts';
import type { Job, RunRow } from '../../store/training.ts';
import { Button } from '../../ui/Button.tsx';
import { count, plural, wait } from '../../ui/format.ts';
import { Note } from '../../ui/Note.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { controlJob, discardJob } from './job.ts';
import { StartButton } from './StartButton.tsx';
import styles from './TrainView.module.css';
import { accuracyLine, rate, seconds } from './words.ts';

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

/** Progress and control of a training; between trainings, the open run and a way to start. */
export function JobStatus({ run }: { run: RunRow | null }) {
  const job = useStore((state) => state.job);
  if (job?.kind !== 'train') {
    return (
      <div className={styles['status']}>
        <div className={styles['line']}>
          <p>
            {run
              ? `${run.name}: ${run.metrics ? accuracyLine(run.metrics) : 'no validation photos'}`
              : 'Not trained yet.'}
          </p>
          <StartButton />
        </div>
        {run && (
          <p className={styles['quiet']}>
            {plural(run.predictions.length, 'photo')}, vectors in {seconds(run.seconds.vectors)}, learning in{' '}
            {seconds(run.seconds.training)} on {run.backend}
            {run.training.method === 'gradient' && `, learning rate ${rate(run.training.learningRate)}`}, weight decay{' '}
            {rate(run.training.weightDecay)}
            {run.stopped && ', stopped early'}.
          </p>
        )}
        {run && run.notices.length > 0 && (
          <Note>
            {run.notices.map((text) => (
              <p key={text}>{text}</p>
            ))}
          </Note>
        )}
        {run && run.failed.length > 0 && (
          <Note tone="warn">
            {plural(run.failed.length, 'photo')} could not be read any more and{' '}
            {run.failed.length === 1 ? 'was' : 'were'} left out: {run.failed[0]?.message}
          </Note>
        )}
      </div>
    );
  }
  const { words, fraction } = jobWords(job);
  const learning = job.phase === 'training';
  const stopping = job.status === 'stopping';
  // A solver runs through; it takes seconds.
  const canPause = learning || job.phase === 'vectors';
  return (
    <div className={styles['status']}>
      <div className={styles['line']}>
        <p role="status">{stopping ? 'Stopping…' : words}</p>
        {job.status === 'paused' ? (
          <Button look="primary" onClick={() => controlJob('resume')}>
            <Play size={16} aria-hidden />
            Resume
          </Button>
        ) : (
          <Button disabled={stopping || !canPause} onClick={() => controlJob('pause')}>
            <Pause size={16} aria-hidden />
            Pause
          </Button>
        )}
        <Button
          disabled={!learning || stopping}
          title="End now and keep what it has learned"
          onClick={() => controlJob('stop')}
        >
          <Square size={16} aria-hidden />
          Stop and keep
        </Button>
        <Button disabled={stopping} title="End now; what it has learned is lost" onClick={discardJob}>
          <Trash2 size={16} aria-hidden />
          {learning ? 'Discard' : 'Cancel'}
        </Button>
      </div>
      <ProgressBar label={words} fraction={fraction} />
    </div>
  );
}
