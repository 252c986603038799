import { LayoutGrid, List } from 'lucide-react';
import { useId, useMemo } from 'react';
import type { BatchRow } from '../../../core/batchModel.ts';
import { type BatchFilter, countClasses, EVERYTHING } from '../../../store/batchView.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { count, plural, visibleName } from '../../../ui/format.ts';
import styles from './Table.module.css';
import { PercentField } from '../../../ui/fields/PercentField.tsx';

function showValue(show: BatchFilter['show']): string {
  return typeof show === 'object' ? `class ${show.label}` : show;
}

export interface FilterBarProps {
  shown: readonly BatchRow[];
  /** Whether they are shown as pictures. */
  grid: boolean;
  onGrid: (grid: boolean) => void;
}

/** Which results are shown: by class, by confidence, by name. */
export function FilterBar({ shown, grid, onGrid }: FilterBarProps) {
  const id = useId();
  const rows = useStore((state) => state.batchRows);
  const filter = useStore((state) => state.batchFilter);
  const changeBatch = useStore((state) => state.changeBatch);
  const classes = useMemo(() => countClasses(rows), [rows]);
  const failed = useMemo(() => rows.filter(({ status }) => status === 'failed').length, [rows]);
  const unknown = useMemo(() => rows.filter((row) => row.unknown).length, [rows]);
  const change = (changes: Partial<BatchFilter>) => changeBatch({ batchFilter: { ...filter, ...changes } });
  const choose = (value: string) =>
    change({
      show:
        value === 'all' || value === 'failed' || value === 'unknown' ? value : { label: value.slice('class '.length) },
    });
  const { show } = filter;
  const gone = typeof show === 'object' && !classes.some(({ label }) => label === show.label);
  return (
    <div className={styles['bar']} role="search" aria-label="Filter the results">
      <div className={styles['grow']}>
        <label htmlFor={`${id}-show`}>Show</label>
        <select id={`${id}-show`} value={showValue(show)} onChange={(event) => choose(event.target.value)}>
          <option value="all">All ({count(rows.length)})</option>
          {(failed > 0 || show === 'failed') && <option value="failed">Could not be read ({count(failed)})</option>}
          {(unknown > 0 || show === 'unknown') && <option value="unknown">Unknown ({count(unknown)})</option>}
          {classes.map(({ label, count: number }) => (
            <option key={label} value={`class ${label}`}>
              {visibleName(label)} ({count(number)})
            </option>
          ))}
          {gone && <option value={showValue(show)}>{visibleName(show.label)} (0)</option>}
        </select>
      </div>
      <fieldset className={styles['range']}>
        <legend className="visually-hidden">Score</legend>
        <span aria-hidden>Score</span>
        <PercentField label="Lowest score" value={filter.min} onChange={(min) => change({ min })} />
        <span aria-hidden>to</span>
        <PercentField label="Highest score" value={filter.max} onChange={(max) => change({ max })} />
        <span aria-hidden>%</span>
      </fieldset>
      <div className={styles['grow']}>
        <label htmlFor={`${id}-name`}>Name</label>
        <input
          id={`${id}-name`}
          type="search"
          value={filter.text}
          onChange={(event) => change({ text: event.target.value })}
        />
      </div>
      <span className={styles['views']} role="group" aria-label="Show as">
        <Button icon={List} aria-label="Table" title="Table" aria-pressed={!grid} onClick={() => onGrid(false)} />
        <Button
          icon={LayoutGrid}
          aria-label="Pictures"
          title="Pictures"
          aria-pressed={grid}
          onClick={() => onGrid(true)}
        />
      </span>
      <span className={styles['count']}>
        {shown.length === rows.length
          ? plural(rows.length, 'result')
          : `${count(shown.length)} of ${count(rows.length)}`}
        {shown.length !== rows.length && (
          <Button look="link" onClick={() => changeBatch({ batchFilter: EVERYTHING })}>
            Show all
          </Button>
        )}
      </span>
    </div>
  );
}
