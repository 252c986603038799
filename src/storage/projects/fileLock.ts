import { withLock } from '../withLock.ts';

/**
 * Keeps the sweeper of one tab from deleting files that another is about to name in a record: writers share the lock from the
 * first byte to the commit, the sweeper has it alone or not at all.
 */
const NAME = 'anysize-files';

export function whileWriting<T>(work: () => Promise<T>): Promise<T> {
  return withLock(NAME, { mode: 'shared' }, work);
}

/** Does the work when no one writes; not at all while someone does. */
export async function whenNoOneWrites(work: () => Promise<void>): Promise<void> {
  await withLock(NAME, { mode: 'exclusive', ifAvailable: true }, async (held) => {
    if (held) await work();
  });
}
