import { useAppState, useStore } from '../../../store/store.ts';
import type { RunRow } from '../../../core/project/model.ts';
import { FileName } from '../../../ui/FileName.tsx';
import { moment, wholePercent } from '../../../ui/format.ts';
import { MenuItem } from '../../../ui/menu/Menu.tsx';
import { DeletedHead } from './DeletedHead.tsx';
import { HeadItem, useHeadInUse } from './HeadItem.tsx';
import { OpenedHeads } from './OpenedHeads.tsx';
import styles from './runs.module.css';
import { useStaleness } from './changesSince.ts';
import { unusualWords } from '../trainingWords.ts';

/** The runs so far: open one, compare two, choose the one that Classify uses. */
export function RunList() {
  const runs = useStore((state) => state.runs);
  return (
    <div className={styles['runs']}>
      <h2 className={styles['title']}>Runs</h2>
      {runs.length === 0 ? (
        <p className={styles['none']}>Each training is kept here, with its settings and curves.</p>
      ) : (
        <ul>
          {runs.map((run) => (
            <RunItem key={run.id} run={run} />
          ))}
        </ul>
      )}
      <OpenedHeads />
      <DeletedHead />
    </div>
  );
}

function RunItem({ run }: { run: RunRow }) {
  const { openRunId, comparedRunId } = useAppState('openRunId', 'comparedRunId');
  const { openRun, compareRun, setFineTuneView } = useAppState('openRun', 'compareRun', 'setFineTuneView');
  const changes = useStaleness(run);
  const inUse = useHeadInUse(run.id);
  const open = run.id === openRunId;
  const details = [moment(run.created), ...unusualWords(run)];
  const compare = () => {
    compareRun(run.id);
    setFineTuneView('results');
  };
  return (
    <HeadItem
      id={run.id}
      name={run.name}
      what="run"
      open={open}
      menu={
        <MenuItem disabled={open || openRunId === null} onSelect={compare}>
          Compare with the open one
        </MenuItem>
      }
    >
      <button
        type="button"
        className={styles['main']}
        aria-pressed={open}
        onClick={() => {
          openRun(run.id);
          setFineTuneView('results');
        }}
      >
        <FileName name={run.name} />
        <span>{run.metrics ? wholePercent(run.metrics.accuracy.value) : '–'}</span>
        <small>{details.join(' · ')}</small>
        {(inUse || changes.length > 0 || run.id === comparedRunId) && (
          <small>
            {inUse && <span className={styles['active']}>in use in Classify </span>}
            {changes.length > 0 && <span className={styles['stale']}>stale: {changes.join(', ')} since </span>}
            {run.id === comparedRunId && <span>compared</span>}
          </small>
        )}
      </button>
    </HeadItem>
  );
}
