import { EllipsisVertical } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { useStore } from '../../store/store.ts';
import type { RunRow } from '../../store/training.ts';
import { Button } from '../../ui/Button.tsx';
import { FileName } from '../../ui/FileName.tsx';
import { visibleName } from '../../ui/format.ts';
import menu from './ClassItem.module.css';
import { deleteRun } from './job.ts';
import { NameEditor } from './NameEditor.tsx';
import styles from './RunList.module.css';
import { useStaleness } from './useStaleness.ts';
import { methodWords, pyramidWords, wholePercent } from './words.ts';

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
    </div>
  );
}

function RunItem({ run }: { run: RunRow }) {
  const openRunId = useStore((state) => state.openRunId);
  const comparedRunId = useStore((state) => state.comparedRunId);
  const head = useStore((state) => state.settings.head);
  const openRun = useStore((state) => state.openRun);
  const compareRun = useStore((state) => state.compareRun);
  const changeRun = useStore((state) => state.changeRun);
  const changeSettings = useStore((state) => state.changeSettings);
  const setFineTuneView = useStore((state) => state.setFineTuneView);
  const [renaming, setRenaming] = useState(false);
  const changes = useStaleness(run);
  const inUse = typeof head !== 'string' && head.id === run.id;
  const open = run.id === openRunId;
  const details = [time.format(new Date(run.created)), methodWords(run.training), pyramidWords(run.vectors.pyramid)];
  const { Root, Trigger, Portal, Content, Item, Separator } = DropdownMenu;
  return (
    <li className={`${styles['run']} ${open ? styles['open'] : ''}`}>
      {renaming ? (
        <NameEditor
          className={styles['edit']}
          label="Name of the run"
          name={run.name}
          onDone={(name) => {
            if (name !== null && name.trim() !== '') changeRun(run.id, { name });
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
          <Root modal={false}>
            <Trigger asChild>
              <Button look="quiet" icon aria-label={`What to do with ${visibleName(run.name)}`} title="More">
                <EllipsisVertical size={16} aria-hidden />
              </Button>
            </Trigger>
            <Portal container={document.querySelector('main')}>
              <Content className={menu['menu']} align="end" collisionPadding={8}>
                <Item
                  className={menu['option']}
                  disabled={inUse}
                  onSelect={() => changeSettings({ head: { id: run.id } })}
                >
                  Use in Classify
                </Item>
                <Item
                  className={menu['option']}
                  disabled={open || openRunId === null}
                  onSelect={() => {
                    compareRun(run.id);
                    setFineTuneView('results');
                  }}
                >
                  Compare with the open one
                </Item>
                <Item className={menu['option']} onSelect={() => setTimeout(() => setRenaming(true))}>
                  Rename
                </Item>
                <Separator className={menu['line']} />
                <Item className={menu['option']} onSelect={() => deleteRun(run.id)}>
                  Delete
                </Item>
              </Content>
            </Portal>
          </Root>
        </>
      )}
    </li>
  );
}
