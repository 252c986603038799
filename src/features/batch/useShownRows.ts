import { useMemo, useState } from 'react';
import type { BatchRow } from '../../store/batch.ts';
import { filterRows, rowSorter } from '../../store/batchView.ts';
import { useStore } from '../../store/store.ts';

/** The results as the table shows them: sorted and filtered. */
export function useShownRows(): readonly BatchRow[] {
  const rows = useStore((state) => state.batchRows);
  const sort = useStore((state) => state.batchSort);
  const filter = useStore((state) => state.batchFilter);
  const [sorter] = useState(rowSorter);
  const sorted = useMemo(() => sorter(rows, sort), [sorter, rows, sort]);
  return useMemo(() => filterRows(sorted, filter), [sorted, filter]);
}
