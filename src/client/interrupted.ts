import { useStore } from '../store/store.ts';

/** Names, for this browser tab only, the project in which a training of a kind was begun and not ended. */
const KEYS = { head: 'anysize.training', finder: 'anysize.training-finder' } as const;

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
function interruptedTraining(key: string) {
  return {
    begin: () => void quietly(() => sessionStorage.setItem(key, projectId())),
    over: () => void quietly(() => sessionStorage.removeItem(key)),
    /** Whether one was going on in the project that is open when this page came. */
    found: () => quietly(() => sessionStorage.getItem(key)) === projectId(),
  };
}

/** Of a head in Fine-tune. */
export const interrupted = interruptedTraining(KEYS.head);
/** Of a finder in Find. */
export const interruptedFinder = interruptedTraining(KEYS.finder);
