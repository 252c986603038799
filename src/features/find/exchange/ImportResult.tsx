import { useState } from 'react';
import { completeScenes } from '../train/completeScenes.ts';
import { useStore } from '../../../store/store.ts';
import { changeFindSet } from '../../../store/findScenes.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/menu/Dialog.tsx';
import { CheckField } from '../../../ui/fields/CheckField.tsx';
import { FileName } from '../../../ui/FileName.tsx';
import { count, plural, visibleName } from '../../../ui/format.ts';
import styles from './exchange.module.css';
import { type ImportOutcome, useImportOutcome } from './importBoxes.ts';

/** Problems that are listed: enough to see what they have in common. */
const MOST = 200;

function titleOf({ added, already }: ImportOutcome): string {
  if (added > 0) return 'Boxes were imported';
  return already > 0 ? 'These boxes are here already' : 'No boxes were imported';
}

/** What an import took, changed, and left out and why. */
export function ImportResult() {
  const outcome = useImportOutcome((state) => state.outcome);
  if (!outcome) return null;
  const close = () => useImportOutcome.setState({ outcome: null });
  return (
    <Dialog title={titleOf(outcome)} onClose={close}>
      <Outcome outcome={outcome} />
      <div className={styles['actions']}>
        <Button look="primary" onClick={close}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}

function Outcome({ outcome }: { outcome: ImportOutcome }) {
  const { files, photos, added, already, clipped, dropped, classes, problems } = outcome;
  const lines = [
    [added, plural(added, 'box', 'boxes'), `in ${plural(photos, 'photo')}, from ${plural(files, 'file')}`],
    [already, plural(already, 'box', 'boxes'), 'here already'],
    [clipped, plural(clipped, 'box', 'boxes'), 'reached beyond the photo and were cut off there'],
    [dropped, plural(dropped, 'box', 'boxes'), 'without extent, or outside the photo, left out'],
    [
      classes.length,
      plural(classes.length, 'new class', 'new classes'),
      classes.map(({ name }) => visibleName(name)).join(', '),
    ],
  ] as const;
  return (
    <div className={styles['outcome']}>
      <ul className={styles['lines']}>
        {lines.map(([number, what, how]) =>
          number > 0 ? (
            <li key={how}>
              <b>{what}</b> {how}
            </li>
          ) : null,
        )}
      </ul>
      {problems.length > 0 && (
        <section aria-label="Not taken">
          <h3>{plural(problems.length, 'thing')} could not be taken</h3>
          <ul className={styles['problems']}>
            {problems.slice(0, MOST).map(({ file, reason }, i) => (
              // oxlint-disable-next-line react/no-array-index-key -- one file may have the same problem twice
              <li key={i}>
                <FileName name={file.slice(file.lastIndexOf('/') + 1)} title={file} />
                <p>{visibleName(reason)}</p>
              </li>
            ))}
            {problems.length > MOST && <li>and {count(problems.length - MOST)} more</li>}
          </ul>
        </section>
      )}
      <Assumed ids={outcome.assumed} />
    </div>
  );
}

/** Whether photos that boxes came for are complete: most files do not say it. */
function Assumed({ ids }: { ids: readonly string[] }) {
  const [complete, setComplete] = useState(true);
  if (ids.length === 0) return null;
  const change = (on: boolean) => {
    setComplete(on);
    useStore.getState().editFind((set) => {
      if (on) return completeScenes(set, ids);
      const there = ids.flatMap((id) => {
        const scene = set.scenes.get(id);
        return scene ? [[id, { ...scene, complete: false }] as const] : [];
      });
      return changeFindSet('mark photos as not complete', set, { scenes: new Map(there) });
    });
  };
  return (
    <CheckField
      label={`Every thing in ${ids.length === 1 ? 'this photo' : `these ${count(ids.length)} photos`} has its box (learning takes the rest for background)`}
      checked={complete}
      onChange={change}
    />
  );
}
