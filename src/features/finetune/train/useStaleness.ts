import type { RunRow } from '../../../core/project/model.ts';
import { useMemo } from 'react';
import { useStore } from '../../../store/store.ts';
import { changesSince } from './staleness.ts';
import { useTrainingSet } from '../trainingSet.ts';

/** What changed since a run, in words; empty when nothing did. Photos that the run could not use do not count. */
export function useStaleness({ basis }: Pick<RunRow, 'basis'>): string[] {
  const dataset = useStore((state) => state.dataset);
  const set = useTrainingSet();
  return useMemo(() => changesSince(basis, dataset, (id) => set.usable.has(id)), [basis, dataset, set]);
}
