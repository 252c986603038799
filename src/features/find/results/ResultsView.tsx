import { memo, useRef, useState } from 'react';
import type { Find, FindError, FinderRun } from '../../../core/find/model.ts';
import { useAppState, useStore } from '../../../store/store.ts';
import { percent, visibleName } from '../../../ui/format.ts';
import { Note } from '../../../ui/notes/Note.tsx';
import { useStaleness } from '../runs/changesSince.ts';
import { CompareFinders } from '../runs/CompareFinders.tsx';
import { type Look, SeePhoto } from '../see/SeePhoto.tsx';
import type { Threshold } from '../see/shownFinds.ts';
import { StartFinder } from '../train/StartFinder.tsx';
import { ClassMeasures } from './ClassMeasures.tsx';
import { Mistakes } from './Mistakes.tsx';
import { headlineWords, weakSpots } from './resultWords.ts';
import styles from './results.module.css';
import { UseFinder } from './UseFinder.tsx';

/** How good the shown finder is, and what it finds. */
export const ResultsView = memo(function ResultsView() {
  const { finderRuns, shownFinder, comparedFinder } = useAppState('finderRuns', 'shownFinder', 'comparedFinder');
  const run = finderRuns.find(({ id }) => id === shownFinder);
  const compared = finderRuns.find(({ id }) => id === comparedFinder);
  if (!run) {
    return (
      <div className={styles['none']}>
        <p>Train once to see what it finds in every photo, and what it misses.</p>
        <StartFinder again={false} />
      </div>
    );
  }
  return (
    <div className={styles['results']}>
      <h2 className="visually-hidden">Results of {visibleName(run.name)}</h2>
      {compared ? <CompareFinders a={run} b={compared} /> : <RunResults key={run.id} run={run} />}
    </div>
  );
});

function RunResults({ run }: { run: FinderRun }) {
  const { metrics } = run;
  const showScene = useStore((state) => state.showScene);
  const [threshold, setThreshold] = useState<Threshold>(null);
  const [chosen, setChosen] = useState<Find | null>(null);
  const [look, setLook] = useState<Look>({ found: true, truth: false, heat: false });
  const see = useRef<HTMLDivElement>(null);
  const open = ({ kind, photo, classIndex, box, score }: FindError) => {
    showScene(photo);
    if (kind === 'missed') setLook({ ...look, truth: true });
    const finds = run.results.find(({ id }) => id === photo)?.finds ?? [];
    const own = finds.filter((find) => find.classIndex === classIndex && find.score === score);
    setChosen(own.find((find) => find.box.join() === box.join()) ?? null);
    see.current?.scrollIntoView({ block: 'start' });
  };
  return (
    <>
      <Headline run={run} />
      <div ref={see} className={styles['anchor']}>
        <SeePhoto
          run={run}
          {...{ threshold, chosen, look }}
          onLook={setLook}
          onThreshold={setThreshold}
          onChoose={setChosen}
        />
      </div>
      <UseFinder run={run} threshold={threshold} onThreshold={setThreshold} />
      {metrics && (
        <>
          <Mistakes run={run} metrics={metrics} onOpen={open} />
          <ClassMeasures run={run} metrics={metrics} />
        </>
      )}
    </>
  );
}

function Headline({ run }: { run: FinderRun }) {
  const { metrics } = run;
  const spots = weakSpots(run);
  const changes = useStaleness(run);
  const share = (value: number | null) => (value === null ? '–' : percent(value));
  return (
    <div className={styles['headline']}>
      <p>{headlineWords(run)}</p>
      {metrics && (
        <p className={styles['quiet']}>
          {run.classes.length > 1 ? 'mAP' : 'AP'} {share(metrics.map50)} at IoU 0.5, {share(metrics.map)} over 0.5–0.95.
        </p>
      )}
      {run.failed.length > 0 && <Note tone="warn">{run.failed.length} of its photos could not be read.</Note>}
      {changes.length > 0 && (
        <Note tone="warn" actions={<StartFinder again />}>
          This run is stale: {changes.join(', ')} since.
        </Note>
      )}
      {spots.length > 0 && (
        <details open>
          <summary>Weak spots ({spots.length})</summary>
          <ul className={styles['spots']}>
            {spots.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
