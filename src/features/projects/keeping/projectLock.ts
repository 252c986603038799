import { AnysizeError } from '../../../core/errors.ts';
import { onTabs, tellTabs } from './projectChannel.ts';

/** The right to write a project: one tab has it, through the Web Locks API, and loses it when it closes, however it closes. */
export interface HeldLock {
  release: () => void;
  /** Resolves when another tab has taken it away. */
  lost: Promise<void>;
}

const nameOf = (project: string) => `anysize-project-${project}`;

/**
 * @param how `now`: null where another tab has it; `wait`: until it is free, or the signal says to stop (null);
 *   `steal`: taken from a tab that does not answer
 */
export function holdProject(
  project: string,
  how: 'now' | 'wait' | 'steal',
  signal?: AbortSignal,
): Promise<HeldLock | null> {
  const alone: HeldLock = { release: () => {}, lost: new Promise(() => {}) };
  if (!navigator.locks) return Promise.resolve(alone);
  return new Promise((resolve) => {
    let lose: () => void = () => {};
    const lost = new Promise<void>((done) => (lose = done));
    let held = false;
    const options =
      how === 'now' ? { ifAvailable: true } : how === 'steal' ? { steal: true } : signal ? { signal } : {};
    navigator.locks
      .request(nameOf(project), options, (lock) => {
        if (!lock) return resolve(null);
        held = true;
        return new Promise<void>((release) => resolve({ release, lost }));
      })
      // Rejects when the lock was stolen, the wait was ended, or the browser denies all storage: then no other tab has it either.
      .catch((error: unknown) => {
        if (held) lose();
        else resolve(error instanceof DOMException && error.name === 'SecurityError' ? alone : null);
      });
  });
}

/** How long a tab that has the project may take to save and let go before it is taken away. */
const YIELD_MS = 2_000;

/**
 * Asks the tab that writes a project to save and let go, and takes the project from a tab that does not answer.
 * @throws AnysizeError `StorageFull` where the other tab has work for which there is no room
 */
export async function takeOverProject(project: string): Promise<HeldLock | null> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), YIELD_MS);
  let refused = false;
  const listenNoMore = onTabs((message) => {
    if (message.kind !== 'refused' || message.project !== project) return;
    refused = true;
    patience.abort();
  });
  tellTabs({ kind: 'yield', project });
  const lock = await holdProject(project, 'wait', patience.signal);
  clearTimeout(timer);
  listenNoMore();
  if (refused) {
    lock?.release();
    throw new AnysizeError(
      'StorageFull',
      'Something in the other tab is not kept yet and would be lost. Make room, or export the project there, first.',
    );
  }
  return lock ?? holdProject(project, 'steal');
}
