import { AnysizeError } from '../../../core/errors.ts';
import { onTabs, tellTabs } from './projectChannel.ts';
import { type HeldLock, holdProject } from './projectLock.ts';

/** How long a tab that has the project may take to save and let go before it is taken away. */
const YIELD_MS = 2_000;

/**
 * Asks the tab that writes a project to save and let go, and takes the project from a tab that does not answer.
 * @throws AnysizeError `StorageFull` where the other tab has work for which there is no room
 */
export async function takeProject(project: string): Promise<HeldLock | null> {
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
