import { useState } from 'react';
import type { FinderRun } from '../../../core/find/model.ts';
import { useAppState, useStore } from '../../../store/store.ts';
import { NameEditor } from '../../../ui/fields/NameEditor.tsx';
import { FileName } from '../../../ui/FileName.tsx';
import { moment, plural, wholePercent } from '../../../ui/format.ts';
import { Menu, MenuItem, MenuLine } from '../../../ui/menu/Menu.tsx';
import { DeletedNote } from '../../../ui/notes/Note.tsx';
import { presetOf } from '../train/presets.ts';
import { useStaleness } from './changesSince.ts';
import { deletedFinder, deleteRun } from './deletedFinder.ts';
import styles from './runs.module.css';

/** The trainings so far: show one, compare two, rename, delete. */
export function FinderRuns() {
  const runs = useStore((state) => state.finderRuns);
  const last = deletedFinder.useLast((state) => state.last);
  const project = useStore((state) => state.project?.id);
  return (
    <section aria-label="Runs">
      <h3>Runs</h3>
      {runs.length === 0 && (
        <p className={styles['quiet']}>Each training is kept here, with its settings and measures.</p>
      )}
      <ul className={styles['runs']}>
        {runs.map((run) => (
          <RunItem key={run.id} run={run} />
        ))}
      </ul>
      {last && last.project === project && (
        <DeletedNote name={last.name} onUndo={last.putBack} onDismiss={deletedFinder.forget} />
      )}
    </section>
  );
}

function RunItem({ run }: { run: FinderRun }) {
  const { shownFinder, comparedFinder } = useAppState('shownFinder', 'comparedFinder');
  const { showFinder, compareFinder, renameFinderRun } = useAppState('showFinder', 'compareFinder', 'renameFinderRun');
  const setView = useStore((state) => state.setFindView);
  const following = useStore((state) => state.keeping === 'following');
  const [renaming, setRenaming] = useState(false);
  const changes = useStaleness(run);
  const { id, name, metrics } = run;
  const shown = id === shownFinder;
  if (renaming) {
    return (
      <li>
        <NameEditor
          label="Name of the run"
          name={name}
          onDone={(text) => {
            if (text !== null && text.trim() !== '') renameFinderRun(id, text.trim());
            setRenaming(false);
          }}
        />
      </li>
    );
  }
  const facts = [
    moment(run.created),
    plural(run.train.length + run.heldOut.length, 'photo'),
    presetOf(run.settings)?.label ?? 'own settings',
  ];
  return (
    <li className={shown ? styles['shown'] : ''}>
      <button
        type="button"
        className={styles['run']}
        aria-pressed={shown}
        onClick={() => {
          showFinder(id);
          compareFinder(null);
          setView('results');
        }}
      >
        <FileName name={name} />
        <span>{metrics?.map50 == null ? '–' : `AP ${wholePercent(metrics.map50)}`}</span>
        <small>
          {facts.join(' · ')}
          {id === comparedFinder && ' · compared'}
        </small>
        {changes.length > 0 && <small className={styles['stale']}>stale: {changes.join(', ')} since</small>}
      </button>
      <Menu name={name}>
        <MenuItem
          disabled={shown || shownFinder === null}
          onSelect={() => {
            compareFinder(id);
            setView('results');
          }}
        >
          Compare with the shown one
        </MenuItem>
        <MenuItem disabled={following} afterwards onSelect={() => setRenaming(true)}>
          Rename
        </MenuItem>
        <MenuLine />
        <MenuItem disabled={following} onSelect={() => deleteRun(id)}>
          Delete
        </MenuItem>
      </Menu>
    </li>
  );
}
