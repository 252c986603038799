import { throwIfCancelled } from '../../core/cancelled.ts';
import { asError } from '../../core/errors.ts';
import { WorkQueue } from '../queue/WorkQueue.ts';
import { deepHands, pooledEngine } from './pooledEngine.ts';

const IN_FLIGHT = 2;

/**
 * Does the same work for each of a list, on all the engines that the page has or starts for it.
 * @returns what it gave, in the order of the list; its error, where there was one
 * @throws AnysizeError `Cancelled` when `signal` says so
 */
export async function onAllHands<Item, Result>(
  items: readonly Item[],
  work: (item: Item, task: string) => Promise<Result>,
  signal?: AbortSignal,
): Promise<(Result | Error)[]> {
  throwIfCancelled(signal);
  const results = new Array<Result | Error>(items.length);
  await new Promise<void>((resolve) => {
    if (items.length === 0) return resolve();
    const queue = new WorkQueue({
      name: 'many',
      concurrency: IN_FLIGHT,
      hands: deepHands,
      cancel: pooledEngine.cancel,
      tell: () => {},
      onIdle: resolve,
    });
    signal?.addEventListener('abort', () => {
      queue.cancelAll();
      resolve();
    });
    items.forEach((item, i) =>
      queue.add(String(i), async (task) => {
        try {
          results[i] = await work(item, task);
        } catch (thrown) {
          results[i] = asError(thrown);
          throw thrown;
        }
      }),
    );
  });
  throwIfCancelled(signal);
  return results;
}
