import type { RunRow } from '../../../core/project/model.ts';
import { memo } from 'react';
import { useAppState, useStore } from '../../../store/store.ts';
import { Note } from '../../../ui/notes/Note.tsx';
import { JobStatus } from './JobStatus.tsx';
import { LearningPhotos } from './LearningPhotos.tsx';
import { type Curves, TrainingCharts } from './TrainingCharts.tsx';
import styles from './TrainView.module.css';
import { currentTrainingSet } from '../trainingSet.ts';
import { useDrawnEpochs } from './useDrawnEpochs.ts';

/** The curves as they stood after some epochs. */
function firstEpochs(curves: Curves, drawn: number): Curves {
  const { batches, epochs, stepsPerEpoch } = curves;
  if (drawn >= epochs.length || stepsPerEpoch === null) return curves;
  return { ...curves, batches: batches.slice(0, Math.round(drawn * stepsPerEpoch)), epochs: epochs.slice(0, drawn) };
}

/** Names of the classes that a training of now learns, in its order. */
function classesToLearn(): string[] {
  const { dataset } = useStore.getState();
  const { perClass } = currentTrainingSet();
  return dataset.classes.filter(({ id }) => (perClass.get(id)?.usable ?? 0) > 0).map(({ name }) => name);
}

export interface TrainViewProps {
  onTry: (run: RunRow, photos: readonly File[]) => void;
}

/** Training as it goes, or as it went in the run that is open. */
export const TrainView = memo(function TrainView({ onTry }: TrainViewProps) {
  const { job, jobError, setJobError } = useAppState('job', 'jobError', 'setJobError');
  const { runs, openRunId, trainingOptions, guesses } = useAppState('runs', 'openRunId', 'trainingOptions', 'guesses');
  const { method, epochs } = trainingOptions;
  const run = runs.find(({ id }) => id === openRunId) ?? null;
  const training = job?.kind === 'train' ? job : null;
  const curves: Curves = training
    ? {
        batches: training.batches,
        epochs: training.epochPoints,
        stepsPerEpoch: training.stepsPerEpoch,
        decayCurve: [],
        total: training.epochs || epochs,
        method,
      }
    : {
        batches: run?.batches ?? [],
        epochs: run?.epochs ?? [],
        stepsPerEpoch: run && run.epochs.length > 0 ? run.batches.length / run.epochs.length : null,
        decayCurve: run?.decayCurve ?? [],
        total: run?.training.epochs ?? 0,
        method: run?.training.method ?? method,
      };
  // The last run's photos stand on after it: their last answers are its.
  const shown = guesses[0]?.[0]?.id;
  const isLast = run !== null && run === runs[0] && run.predictions.some(({ id }) => id === shown);
  const classes = training ? classesToLearn() : isLast ? run.classes : null;
  const drawn = useDrawnEpochs(training !== null, openRunId, curves.epochs.length, curves.total);
  return (
    <div className={styles['train']}>
      <h2 className="visually-hidden">Training</h2>
      <JobStatus run={run} onTry={onTry} />
      {jobError?.kind === 'train' && (
        <Note tone="error" onDismiss={() => setJobError(null)}>
          {jobError.message}
        </Note>
      )}
      {classes && <LearningPhotos classes={classes} drawn={drawn} />}
      <TrainingCharts name={training ? 'training' : (run?.name ?? 'training')} curves={firstEpochs(curves, drawn)} />
    </div>
  );
});
