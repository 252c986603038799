import type { Finder } from '../../core/find/model.ts';
import { hearOfRestarts } from '../engineChanges.ts';
import { engine } from '../engineClient.ts';

/** Finders that the engine has from this page, or learned itself, under the names that it has them by. */
const known = new Map<string, Promise<void>>();

hearOfRestarts(() => known.clear());

/** A run that this page trained: the engine has its finder. */
export function finderLearned(id: string): void {
  known.set(id, Promise.resolve());
}

/** Makes sure that the engine knows a finder: one of an earlier visit is handed to it when it is first asked. */
export function handOver(finder: Finder): Promise<void> {
  const before = known.get(finder.id);
  if (before) return before;
  const handed = engine.setFinder(finder).catch((error: unknown) => {
    known.delete(finder.id);
    throw error;
  });
  known.set(finder.id, handed);
  return handed;
}

/** Lets go of a finder whose run was deleted; {@link handOver} brings it back. */
export async function forgetFinder(id: string): Promise<void> {
  if (!known.delete(id)) return;
  await engine.removeFinder(id);
}
