/**
 * Keeps the sweeper of one tab from deleting files that another is about to name in a record: writers share the lock from the
 * first byte to the commit, the sweeper has it alone or not at all.
 */
const NAME = 'anysize-files';

export function whileWriting<T>(work: () => Promise<T>): Promise<T> {
  if (!globalThis.navigator?.locks) return work();
  return navigator.locks.request(NAME, { mode: 'shared' }, work) as Promise<T>;
}

/** Does the work when no one writes; not at all while someone does. */
export async function whenNoOneWrites(work: () => Promise<void>): Promise<void> {
  if (!globalThis.navigator?.locks) return work();
  await navigator.locks.request(NAME, { mode: 'exclusive', ifAvailable: true }, async (lock) => {
    if (lock) await work();
  });
}
