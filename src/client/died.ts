import type { Engine } from '../worker/api.ts';

/** Calls a method of one engine. */
export type Call = (method: keyof Engine, args: unknown[]) => Promise<unknown>;

/**
 * Resolves when an engine's worker is gone, of which no event tells: it has a Web Lock as long as it lives. Never resolves where the browser has no
 * locks, which is where the page is not served securely.
 * @param lock a name that no other worker has
 */
export async function died(call: Call, lock: string): Promise<void> {
  if ('locks' in navigator) {
    try {
      await call('liveUnder', [lock]);
      return await navigator.locks.request(lock, () => {});
    } catch {
      // Storage is denied, and locks with it, or the worker's file could not be fetched: it stays as it is.
    }
  }
  return new Promise(() => {});
}
