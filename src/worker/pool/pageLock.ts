/** The browser's locks, which a worker that dies gives back; absent where the page is not served securely. */
function locks(): LockManager | undefined {
  return globalThis.navigator?.locks;
}

/**
 * Waits for a lock that all workers of this origin share.
 * @returns gives it back. Where the browser has or allows no locks, there is nothing to wait for
 * @throws what the signal is aborted with
 */
export function takeLock(name: string, signal?: AbortSignal): Promise<() => void> {
  const known = locks();
  if (!known) return Promise.resolve(() => {});
  return new Promise((resolve, reject) => {
    const held = () => new Promise<void>((release) => resolve(release));
    known.request(name, signal ? { signal } : {}, held).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'SecurityError') resolve(() => {});
      else reject(signal?.aborted ? (signal.reason as Error) : (error as Error));
    });
  });
}
