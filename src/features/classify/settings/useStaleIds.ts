import { useMemo } from 'react';
import { useStore } from '../../../store/store.ts';
import { staleIds } from '../list/queue.ts';

/** Ids of the answers made with other settings than the ones chosen now. */
export function useStaleIds(): ReadonlySet<string> {
  const rows = useStore((state) => state.rows);
  const { policy, minSide, scales, head, decoding } = useStore((state) => state.settings);
  const labels = useStore((state) => state.labels.status);
  // oxlint-disable-next-line react/exhaustive-deps -- staleIds reads these from the store
  return useMemo(() => new Set(staleIds()), [rows, policy, minSide, scales, head, decoding, labels]);
}
