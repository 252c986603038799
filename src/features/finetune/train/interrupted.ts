import { useStore } from '../../../store/store.ts';

/** Names, for this browser tab only, the project in which a training was begun and not ended. */
const KEY = 'anysize.training';

function projectId(): string {
  return useStore.getState().project?.id ?? '';
}

/** Storage that may be denied: then nothing is offered after a reload. */
function quietly<Result>(use: () => Result): Result | null {
  try {
    return use();
  } catch {
    return null;
  }
}

/** A training that a reload cut off. */
export const interrupted = {
  begin: () => void quietly(() => sessionStorage.setItem(KEY, projectId())),
  over: () => void quietly(() => sessionStorage.removeItem(KEY)),
  /** Whether one was going on in the project that is open when this page came. */
  found: () => quietly(() => sessionStorage.getItem(KEY)) === projectId(),
};
