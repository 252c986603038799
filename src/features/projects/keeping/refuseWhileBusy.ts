import { AnysizeError } from '../../../core/errors.ts';
import { useStore } from '../../../store/store.ts';

/**
 * A training that ends in another project would put its run there.
 * @throws AnysizeError `BadArgument` while one runs
 */
export function refuseWhileBusy(): void {
  const { job, findJob } = useStore.getState();
  if (!job && !findJob) return;
  throw new AnysizeError('BadArgument', 'A training is running. Stop it, or let it end, then change projects.');
}
