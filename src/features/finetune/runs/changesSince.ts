import { useMemo } from 'react';
import type { Dataset } from '../../../store/dataset.ts';
import { useStore } from '../../../store/store.ts';
import type { RunBasis, RunRow } from '../../../core/project/model.ts';
import { plural } from '../../../ui/format.ts';
import { useTrainingSet } from '../trainingSet.ts';

/** What changed in the photos and classes since a run: empty when nothing did. */
export function changesSince(basis: RunBasis, dataset: Dataset, isUsable: (photoId: string) => boolean): string[] {
  let added = 0;
  let moved = 0;
  let marked = 0;
  let kept = 0;
  for (const [id, member] of dataset.members) {
    const before = basis.members.get(id);
    if (!before) {
      if (isUsable(id)) added++;
      continue;
    }
    if (!isUsable(id)) continue;
    kept++;
    if (before.classId !== member.classId) moved++;
    else if (before.holdout !== member.holdout) marked++;
  }
  const removed = basis.members.size - kept;

  const now = new Map(dataset.classes.map(({ id, name }) => [id, name]));
  const before = new Map(basis.classes.map(({ id, name }) => [id, name]));
  const newClasses = [...now.keys()].filter((id) => !before.has(id)).length;
  const goneClasses = [...before.keys()].filter((id) => !now.has(id)).length;
  const renamed = [...before].filter(([id, name]) => now.has(id) && now.get(id) !== name).length;

  const changes: [number, string, string][] = [
    [added, 'photo', 'added'],
    [removed, 'photo', 'removed'],
    [moved, 'photo', 'moved'],
    [marked, 'photo', 'marked for another side'],
    [newClasses, 'class', 'added'],
    [goneClasses, 'class', 'removed'],
    [renamed, 'class', 'renamed'],
  ];
  return changes
    .filter(([count]) => count > 0)
    .map(([count, what, how]) => `${plural(count, what, what === 'class' ? 'classes' : 'photos')} ${how}`);
}

/** What changed since a run, in words; empty when nothing did. Photos that the run could not use do not count. */
export function useStaleness({ basis }: Pick<RunRow, 'basis'>): string[] {
  const dataset = useStore((state) => state.dataset);
  const set = useTrainingSet();
  return useMemo(() => changesSince(basis, dataset, (id) => set.usable.has(id)), [basis, dataset, set]);
}
