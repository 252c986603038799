/**
 * Keeps the sweeper of one tab from deleting files that another is about to name in a record: writers share the lock from the
 * first byte to the commit, the sweeper has it alone or not at all.
 */
const NAME = 'anysize-files';

export function whileWriting<T>(work: () => Promise<T>): Promise<T> {
  return locked({ mode: 'shared' }, work) as Promise<T>;
}

/** Does the work when no one writes; not at all while someone does. */
export async function whenNoOneWrites(work: () => Promise<void>): Promise<void> {
  await locked({ mode: 'exclusive', ifAvailable: true }, work);
}

/** Where the browser has no locks, or denies them with the storage, files are this tab's alone and need none. */
async function locked<T>(options: LockOptions, work: () => Promise<T>): Promise<T | undefined> {
  if (!globalThis.navigator?.locks) return work();
  let asked = true;
  try {
    return (await navigator.locks.request(NAME, options, (lock) => {
      asked = false;
      return lock ? work() : undefined;
    })) as T | undefined;
  } catch (error) {
    if (asked && error instanceof DOMException && error.name === 'SecurityError') return work();
    throw error;
  }
}
