import { AnysizeError, messageOf } from '../../../core/errors.ts';
import { useStore } from '../../../store/store.ts';

/** Tells that something could not be kept, and why. */
export function notKept(error: unknown): void {
  useStore.getState().changeProjects({ keeping: 'unsaved', keepingProblem: messageOf(error) });
}

/** A training that ends in another project would put its run there. */
export function refuseWhileBusy(): void {
  if (useStore.getState().job) {
    throw new AnysizeError('BadArgument', 'A training is running. Stop it, or let it end, then change projects.');
  }
}
