import { useId, useMemo, useState } from 'react';
import { keysBelow } from '../../../store/batchView.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { count, plural, visibleName } from '../../../ui/format.ts';
import { Note } from '../../../ui/notes/Note.tsx';
import styles from './Panels.module.css';
import { PercentField } from '../../../ui/fields/PercentField.tsx';
import { pageBatch } from '../run/pageBatch.ts';

/** A class of the fine-tuning set, or the name of a new one. */
export type LabelTarget = { classId: string } | { name: string };

export interface LabelPanelProps {
  onAddToClass: (files: readonly File[], target: LabelTarget) => void;
  onShowFineTune: () => void;
}

interface Outcome {
  added: number;
  className: string;
  missing: string[];
}

/** What the head is unsure of becomes photos of a class, to learn from. */
export function LabelPanel({ onAddToClass, onShowFineTune }: LabelPanelProps) {
  const id = useId();
  const rows = useStore((state) => state.batchRows);
  const selected = useStore((state) => state.batchSelected);
  const classes = useStore((state) => state.dataset.classes);
  const labelled = useStore((state) => state.batchLabelled);
  const following = useStore((state) => state.keeping === 'following');
  const changeBatch = useStore((state) => state.changeBatch);
  const [below, setBelow] = useState(0.5);
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [adding, setAdding] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  // The person says which class it is, and it stays until they say another; none is taken for granted.
  const target = classes.find((row) => (chosen === null ? row.name === outcome?.className : row.id === chosen));
  const asksName = chosen === 'new' || classes.length === 0;
  const className = target?.name ?? (asksName ? name.trim() : '');
  const unsure = useMemo(() => keysBelow(rows, below).filter((key) => !labelled.has(key)), [rows, below, labelled]);
  // What is selected, else all that the head is unsure of.
  const chosenKeys = selected.size > 0 ? selected : new Set(unsure);

  const add = async () => {
    setAdding(true);
    const files: File[] = [];
    const missing: string[] = [];
    const added: string[] = [];
    for (const row of rows) {
      if (!chosenKeys.has(row.key)) continue;
      const file = await pageBatch.photoOf(row).catch(() => null);
      if (file) {
        files.push(file);
        added.push(row.key);
      } else missing.push(row.name);
    }
    if (files.length > 0) {
      onAddToClass(files, target ? { classId: target.id } : { name: className });
      changeBatch({ batchSelected: new Set(), batchLabelled: new Set([...labelled, ...added]) });
    }
    setOutcome({ added: files.length, className, missing });
    setChosen(null);
    setAdding(false);
  };

  return (
    <section className={styles['panel']} aria-label="Label and retrain">
      <h3>Label and retrain</h3>
      <div className={styles['row']}>
        <span aria-hidden>Score below</span>
        <PercentField label="Select photos with a score below" value={below} onChange={setBelow} />
        <span aria-hidden>%</span>
        <Button disabled={unsure.length === 0} onClick={() => changeBatch({ batchSelected: new Set(unsure) })}>
          Select
        </Button>
      </div>
      <div className={styles['field']}>
        <label htmlFor={id}>Class</label>
        <select
          id={id}
          value={target?.id ?? (asksName ? 'new' : '')}
          onChange={(event) => setChosen(event.target.value)}
        >
          {!target && !asksName && <option value="">Choose a class…</option>}
          {classes.map((row) => (
            <option key={row.id} value={row.id}>
              {visibleName(row.name)}
            </option>
          ))}
          <option value="new">A new class</option>
        </select>
      </div>
      {asksName && (
        <div className={styles['field']}>
          <label htmlFor={`${id}-name`}>Called</label>
          <input id={`${id}-name`} type="text" value={name} onChange={(event) => setName(event.target.value)} />
        </div>
      )}
      <div className={styles['row']}>
        <Button disabled={following || adding || chosenKeys.size === 0 || className === ''} onClick={() => void add()}>
          {addWords(selected.size, unsure.length, below, className)}
        </Button>
        {selected.size > 0 && (
          <Button look="link" onClick={() => changeBatch({ batchSelected: new Set() })}>
            Select none
          </Button>
        )}
      </div>
      {outcome && (
        <Note
          tone={outcome.missing.length > 0 ? 'warn' : 'info'}
          actions={outcome.added > 0 && <Button onClick={onShowFineTune}>Open Fine-tune</Button>}
          onDismiss={() => setOutcome(null)}
        >
          {outcome.added > 0 && `${plural(outcome.added, 'photo')} added to “${visibleName(outcome.className)}”. `}
          {outcome.missing.length > 0 &&
            `${count(outcome.missing.length)} ${outcome.missing.length === 1 ? 'is' : 'are'} not at hand: choose the folder again.`}
        </Note>
      )}
    </section>
  );
}

function addWords(selected: number, unsure: number, below: number, className: string): string {
  const what =
    selected > 0
      ? plural(selected, 'photo')
      : unsure > 0
        ? `the ${count(unsure)} below ${Math.round(below * 100)}\u00a0%`
        : 'photos';
  return `Add ${what} to ${className === '' ? 'a class' : `“${visibleName(className)}”`}`;
}
