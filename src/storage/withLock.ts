/**
 * Does work under a lock that the tabs of this page share. Where the browser has no locks, or denies them together with its storage, there is
 * nothing to share and the work needs none.
 * @param work is told whether it has the lock: with `ifAvailable` it may not
 */
export async function withLock<T>(name: string, options: LockOptions, work: (held: boolean) => Promise<T>): Promise<T> {
  // Also absent where the page is not served securely.
  const locks: LockManager | undefined = globalThis.navigator?.locks;
  if (!locks) return work(true);
  let asked = true;
  try {
    return await locks.request(name, options, (lock) => {
      asked = false;
      return work(lock !== null);
    });
  } catch (error) {
    if (asked && error instanceof DOMException && error.name === 'SecurityError') return work(true);
    throw error;
  }
}
