import { memo } from 'react';
import { useAppState } from '../../../store/store.ts';
import { Note } from '../../../ui/notes/Note.tsx';
import { FinderRuns } from '../runs/FinderRuns.tsx';
import { FinderOptions } from './FinderOptions.tsx';
import { FinderStatus } from './FinderStatus.tsx';
import { GoOnFinder } from './GoOnFinder.tsx';
import { RoundsChart } from './RoundsChart.tsx';
import styles from './train.module.css';

/** Learns to find what the boxes hold: as it goes, or as it went in the run that is shown. */
export const TrainView = memo(function TrainView() {
  const { findJob, findProblem, setFindProblem } = useAppState('findJob', 'findProblem', 'setFindProblem');
  const { finderRuns, shownFinder, finderSettings } = useAppState('finderRuns', 'shownFinder', 'finderSettings');
  const { findClasses, scenes } = useAppState('findClasses', 'scenes');
  const run = finderRuns.find(({ id }) => id === shownFinder) ?? null;
  const points = findJob ? findJob.points : (run?.rounds ?? []);
  const classes = findJob ? classesInTraining(findClasses, scenes) : (run?.classes ?? []);
  const { rounds } = findJob || !run ? finderSettings : run.settings;
  return (
    <div className={styles['train']}>
      <h2 className="visually-hidden">Training</h2>
      <GoOnFinder />
      <FinderStatus run={run} />
      {findProblem && (
        <Note tone="error" onDismiss={() => setFindProblem(null)}>
          {findProblem}
        </Note>
      )}
      <RoundsChart name={findJob ? 'training' : (run?.name ?? 'training')} {...{ points, classes, rounds }} />
      <FinderOptions />
      <FinderRuns />
    </div>
  );
});

type Material = Pick<ReturnType<typeof useAppState<'findClasses' | 'scenes'>>, 'findClasses' | 'scenes'>;

/** Names of the classes with a box, in the order that the engine has them. */
function classesInTraining(findClasses: Material['findClasses'], scenes: Material['scenes']): string[] {
  const boxed = new Set([...scenes.values()].flatMap(({ boxes }) => boxes.map(({ classId }) => classId)));
  return findClasses.flatMap(({ id, name }) => (boxed.has(id) ? [name] : [])).sort();
}
