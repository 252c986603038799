import { useMemo } from 'react';
import { boxesStamp } from '../../../core/find/boxesStamp.ts';
import type { FinderRun } from '../../../core/find/model.ts';
import { useAppState } from '../../../store/store.ts';
import { plural } from '../../../ui/format.ts';
import { type FindMaterial, trainable } from '../train/trainable.ts';
import { labelledBoxes } from '../train/labelledBoxes.ts';

type Learned = Pick<FinderRun, 'train' | 'heldOut' | 'failed' | 'stamps'>;

/** What changed in the photos and their boxes since a run, in words; empty when nothing did, and for runs that kept no record of it. */
export function changesSince({ train, heldOut, failed, stamps }: Learned, now: FindMaterial, order: readonly string[]) {
  if (!stamps) return [];
  const before = new Map([...train, ...heldOut].map((id, i) => [id, stamps[i]]));
  const unread = new Set(failed.map(({ id }) => id));
  const usable = trainable(now, order).ids;
  const added = usable.filter((id) => !before.has(id) && !unread.has(id)).length;
  const known = usable.filter((id) => before.has(id));
  const changed = known.filter((id) => {
    const scene = now.scenes.get(id);
    return scene && boxesStamp(labelledBoxes(scene, now.findClasses), scene.complete) !== before.get(id);
  }).length;
  const told: [number, string][] = [
    [added, 'more to learn from'],
    [changed, 'with other boxes or marks'],
    [before.size - known.length, 'gone or without boxes'],
  ];
  return told.filter(([count]) => count > 0).map(([count, how]) => `${plural(count, 'photo')} ${how}`);
}

/** What changed since a run, in words; empty when nothing did. */
export function useStaleness(run: Learned): string[] {
  const { findClasses, scenes, photos, findOrder } = useAppState('findClasses', 'scenes', 'photos', 'findOrder');
  return useMemo(
    () => changesSince(run, { findClasses, scenes, photos }, findOrder),
    [run, findClasses, scenes, photos, findOrder],
  );
}
