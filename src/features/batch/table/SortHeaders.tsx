import { ArrowDown, ArrowUp } from 'lucide-react';
import type { BatchSortKey } from '../../../store/batchView.ts';
import { useStore } from '../../../store/store.ts';
import styles from './Table.module.css';
import { useShownSort } from './useShownRows.ts';

const COLUMNS: readonly { by: BatchSortKey; label: string; title: string }[] = [
  { by: 'name', label: 'Name', title: 'Name, with its folders' },
  { by: 'class', label: 'Class', title: 'Best class' },
  { by: 'score', label: 'Score', title: 'Probability of the best class' },
  { by: 'size', label: 'Size', title: 'Width × height in pixels' },
  { by: 'time', label: 'Time', title: 'Time it took' },
];

/** The head of the table: each column sorts, up, then down, then as the results came. @param keys of the rows that are shown */
export function SortHeaders({ keys }: { keys: readonly string[] }) {
  const sort = useShownSort();
  const selected = useStore((state) => state.batchSelected);
  const changeBatch = useStore((state) => state.changeBatch);
  const sortBy = (by: BatchSortKey) => {
    const sort = useStore.getState().batchSort;
    if (sort.by !== by) changeBatch({ batchSort: { by, descending: false } });
    else if (!sort.descending) changeBatch({ batchSort: { by, descending: true } });
    else changeBatch({ batchSort: { by: 'arrival', descending: false } });
  };
  const all = keys.length > 0 && selected.size >= keys.length && keys.every((key) => selected.has(key));
  return (
    <div className={styles['header']} role="rowgroup">
      <div className={styles['headers']} role="row" aria-rowindex={1}>
        <span role="columnheader" className={styles['check']}>
          <input
            type="checkbox"
            aria-label="Select all that are shown"
            checked={all}
            ref={(input) => {
              if (input) input.indeterminate = !all && selected.size > 0;
            }}
            onChange={() => changeBatch({ batchSelected: all ? new Set() : new Set([...selected, ...keys]) })}
          />
        </span>
        {COLUMNS.map(({ by, label, title }) => {
          const on = sort.by === by;
          const Arrow = sort.descending ? ArrowDown : ArrowUp;
          return (
            <span
              key={by}
              role="columnheader"
              className={styles[by]}
              aria-sort={on ? (sort.descending ? 'descending' : 'ascending') : 'none'}
            >
              <button type="button" title={title} onClick={() => sortBy(by)}>
                {label}
                {on && <Arrow size={14} aria-hidden />}
              </button>
            </span>
          );
        })}
      </div>
    </div>
  );
}
