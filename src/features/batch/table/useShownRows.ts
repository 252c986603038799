import { useDeferredValue, useMemo, useState } from 'react';
import type { BatchRow } from '../../../core/batchModel.ts';
import { type BatchSort, filterRows, rowSorter } from '../../../store/batchView.ts';
import { useStore } from '../../../store/store.ts';

/** How the table is sorted: as was asked for, a task later, since ten thousand rows are then sorted and measured anew. */
export function useShownSort(): BatchSort {
  return useDeferredValue(useStore((state) => state.batchSort));
}

/** The results as the table shows them: sorted and filtered. */
export function useShownRows(): readonly BatchRow[] {
  const rows = useStore((state) => state.batchRows);
  const sort = useShownSort();
  const filter = useStore((state) => state.batchFilter);
  const [sorter] = useState(rowSorter);
  const sorted = useMemo(() => sorter(rows, sort), [sorter, rows, sort]);
  return useMemo(() => filterRows(sorted, filter), [sorted, filter]);
}
