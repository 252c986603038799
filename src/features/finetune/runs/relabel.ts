import type { ClassRow, RunRow } from '../../../core/project/model.ts';
import { messageOf } from '../../../core/errors.ts';
import { engine } from '../../../client/engineClient.ts';
import { headOf, keepHead } from '../../../client/trainedHeads.ts';
import { useStore } from '../../../store/store.ts';

/** A run under the names that its classes have now; null where they are as they were. */
export function relabelled(
  { classes, basis }: Pick<RunRow, 'classes' | 'basis'>,
  now: readonly ClassRow[],
): Pick<RunRow, 'classes' | 'basis'> | null {
  const names = new Map(now.map(({ id, name }) => [id, name]));
  const fresh = basis.classes.map((row) => ({ id: row.id, name: names.get(row.id) ?? row.name }));
  if (fresh.every(({ name }, i) => name === basis.classes[i]?.name)) return null;
  return {
    classes: classes.map((name, i) => fresh[i]?.name ?? name),
    basis: { ...basis, classes: fresh },
  };
}

function relabelAll(): void {
  const { runs, dataset, changeRun, keeping, addNotice } = useStore.getState();
  if (keeping === 'following' || keeping === 'opening') return;
  for (const run of runs) {
    const changes = relabelled(run, dataset.classes);
    if (!changes) continue;
    const head = headOf(run.id);
    if (head) {
      const named = { ...head, classes: [...changes.classes] };
      keepHead(named);
      engine.setHead(named).catch((error: unknown) => addNotice(messageOf(error)));
    }
    changeRun(run.id, changes);
  }
}

let watching = false;

/** From now on a class that is renamed has its new name in the runs and heads that learned it: nothing is learned anew. A second call changes nothing. */
export function relabelRuns(): void {
  if (watching) return;
  watching = true;
  relabelAll();
  useStore.subscribe(({ dataset }, before) => {
    if (dataset.classes !== before.dataset.classes) relabelAll();
  });
}
