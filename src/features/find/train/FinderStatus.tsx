import { Check, Circle, LoaderCircle, Pause, Play, ScanSearch, Trash2 } from 'lucide-react';
import type { FinderRun } from '../../../core/find/model.ts';
import type { FindJob } from '../../../store/find.ts';
import { useAppState, useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { plural, visibleName } from '../../../ui/format.ts';
import { Note } from '../../../ui/notes/Note.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { headlineWords } from '../results/resultWords.ts';
import { cancelFinder, controlFinder } from './finderJob.ts';
import { presetOf } from './presets.ts';
import { overall, type Stage, stagesOf } from './stages.ts';
import { StartFinder } from './StartFinder.tsx';
import styles from './train.module.css';
import { trainable } from './trainable.ts';

/** Of fewer photos the engine keeps none aside. */
const LEAST_TO_SPLIT = 3;

/** Progress and control of a training; between trainings, how good the shown run is and what to do with it. */
export function FinderStatus({ run }: { run: FinderRun | null }) {
  const { findJob } = useAppState('findJob');
  if (findJob) return <Progress job={findJob} />;
  return (
    <div className={styles['status']}>
      <p role="status" className={styles['headline']}>
        {run ? headlineWords(run) : 'Not trained yet.'}
      </p>
      {run ? (
        <Outcome run={run} />
      ) : (
        <p className={styles['quiet']}>
          It learns from the boxes in your photos, on this device: ten photos are enough to begin with.
        </p>
      )}
      <StartFinder again={run !== null} />
    </div>
  );
}

function Progress({ job }: { job: FindJob }) {
  const state = useAppState('finderSettings', 'finderSplit', 'findClasses', 'scenes', 'photos', 'findOrder');
  const { finderSettings, finderSplit, findOrder } = state;
  const measured = finderSplit.share > 0 && trainable(state, findOrder).ids.length >= LEAST_TO_SPLIT;
  const stages = stagesOf(job.progress, job.points, finderSettings.rounds, measured);
  const { words, fraction } = overall(stages);
  const paused = job.status === 'paused';
  const stopping = job.status === 'stopping';
  return (
    <div className={styles['status']}>
      <p role="status">{stopping ? 'Stopping…' : paused ? `Paused. ${words}` : words}</p>
      <ProgressBar label={words} fraction={fraction} />
      <div className={styles['line']}>
        {paused ? (
          <Button look="primary" icon={Play} onClick={() => controlFinder('resume')}>
            Resume
          </Button>
        ) : (
          <Button icon={Pause} disabled={stopping} onClick={() => controlFinder('pause')}>
            Pause
          </Button>
        )}
        <Button
          icon={Trash2}
          disabled={stopping}
          title="End now; what it has learned is lost, what it has looked at is kept"
          onClick={cancelFinder}
        >
          Cancel
        </Button>
      </div>
      <ol className={styles['stages']}>
        {stages.map((stage) => (
          <StageLine key={stage.name} stage={stage} />
        ))}
      </ol>
    </div>
  );
}

const MARKS = { done: Check, now: LoaderCircle, 'to come': Circle };

function StageLine({ stage: { name, state, says } }: { stage: Stage }) {
  const Mark = MARKS[state];
  return (
    <li data-state={state}>
      <Mark size={16} aria-hidden />
      <span>
        {name}
        <span className="visually-hidden">, {state}</span>
      </span>
      <small>{says}</small>
    </li>
  );
}

function Outcome({ run }: { run: FinderRun }) {
  const setView = useStore((state) => state.setFindView);
  const { photos } = useAppState('photos');
  const { seconds, settings, train, heldOut, failed, notices } = run;
  const learned = plural(train.length + heldOut.length, 'photo');
  const preset = presetOf(settings)?.label.toLowerCase() ?? 'own settings';
  return (
    <>
      <p className={styles['quiet']}>
        <bdi>{visibleName(run.name)}</bdi>: {learned}, maps and proposals in {seconds.reading.toFixed(1)} s, learning in{' '}
        {seconds.training.toFixed(1)} s on {run.backend}, {preset}.
      </p>
      <div className={styles['line']}>
        <Button look="primary" icon={ScanSearch} onClick={() => setView('results')}>
          See what it finds
        </Button>
      </div>
      {notices.length > 0 && (
        <Note>
          {notices.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </Note>
      )}
      {failed.length > 0 && (
        <Note tone="warn">
          {plural(failed.length, 'photo')} could not be read any more and{' '}
          {failed.length === 1 ? 'was left out' : 'were left out'}:{' '}
          {failed.map(({ id, message }) => `${photos.get(id)?.name ?? id} (${message})`).join('; ')}
        </Note>
      )}
    </>
  );
}
