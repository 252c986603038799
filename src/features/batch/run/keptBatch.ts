import { messageOf } from '../../../core/errors.ts';
import type { BatchInfo } from '../../../core/batchModel.ts';
import { useStore } from '../../../store/store.ts';
import { BatchDatabase } from './BatchDatabase.ts';

let database: BatchDatabase | null = null;

/** @throws where the browser denies storage */
export async function openDatabase(): Promise<BatchDatabase> {
  database ??= await BatchDatabase.open();
  return database;
}

/** Says that results are not kept, and why; the batch goes on. */
export function unkept(error: unknown): void {
  const { changeBatch } = useStore.getState();
  changeBatch({ batchUnkept: `Results are not kept for the next visit: ${messageOf(error)}` });
}

/** Writes to the database where there is one; never rejects. */
export async function keep(write: (database: BatchDatabase) => Promise<void>): Promise<void> {
  if (database) await write(database).catch(unkept);
}

/** Tells and keeps how far the batch has come; nothing where another one has taken its place. */
export async function record(id: string, changes: Partial<Pick<BatchInfo, 'total' | 'stopped'>>): Promise<void> {
  const { batch, changeBatch } = useStore.getState();
  if (batch?.id !== id) return;
  changeBatch({ batch: { ...batch, ...changes } });
  await keep((kept) => kept.change(id, changes));
}
