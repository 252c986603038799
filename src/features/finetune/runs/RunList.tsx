import type { RunRow } from '../../../core/project/model.ts';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { useStore } from '../../../store/store.ts';
import { FileName } from '../../../ui/FileName.tsx';
import { wholePercent } from '../../../ui/format.ts';
import menu from '../classes/ClassItem.module.css';
import { DeletedHead } from './DeletedHead.tsx';
import { HeadMenu, useHeadInUse } from './HeadMenu.tsx';
import { renameHead } from './heads.ts';
import { NameEditor } from '../../../ui/fields/NameEditor.tsx';
import { OpenedHeads } from './OpenedHeads.tsx';
import styles from './RunList.module.css';
import { useStaleness } from '../train/useStaleness.ts';
import { methodWords, pyramidWords } from '../trainingWords.ts';

const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

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
  const openRunId = useStore((state) => state.openRunId);
  const comparedRunId = useStore((state) => state.comparedRunId);
  const openRun = useStore((state) => state.openRun);
  const compareRun = useStore((state) => state.compareRun);
  const setFineTuneView = useStore((state) => state.setFineTuneView);
  const [renaming, setRenaming] = useState(false);
  const changes = useStaleness(run);
  const inUse = useHeadInUse(run.id);
  const open = run.id === openRunId;
  const details = [time.format(new Date(run.created)), methodWords(run.training), pyramidWords(run.vectors.pyramid)];
  return (
    <li className={`${styles['run']} ${open ? styles['open'] : ''}`}>
      {renaming ? (
        <NameEditor
          className={styles['edit']}
          label="Name of the run"
          name={run.name}
          onDone={(name) => {
            if (name !== null && name.trim() !== '') renameHead(run.id, name);
            setRenaming(false);
          }}
        />
      ) : (
        <>
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
          <HeadMenu id={run.id} name={run.name} onRename={() => setRenaming(true)}>
            <DropdownMenu.Item
              className={menu['option']}
              disabled={open || openRunId === null}
              onSelect={() => {
                compareRun(run.id);
                setFineTuneView('results');
              }}
            >
              Compare with the open one
            </DropdownMenu.Item>
          </HeadMenu>
        </>
      )}
    </li>
  );
}
