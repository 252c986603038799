import type { BatchInfo } from '../../../core/batchModel.ts';
import { messageOf } from '../../../core/errors.ts';
import type { BatchDatabase } from '../../../storage/batch/BatchDatabase.ts';
import type { BatchSlice } from '../../../store/batch.ts';

/** What is kept of the batch for the next visit; where the browser keeps nothing, the batch goes on and the person is told. */
export class KeptBatch {
  private database: BatchDatabase | null = null;

  constructor(
    private readonly state: () => Pick<BatchSlice, 'batch' | 'changeBatch'>,
    private readonly openDatabase: () => Promise<BatchDatabase>,
  ) {}

  /** @throws where the browser denies storage */
  async open(): Promise<BatchDatabase> {
    this.database ??= await this.openDatabase();
    return this.database;
  }

  /** Says that results are not kept, and why. */
  fail(error: unknown): void {
    this.state().changeBatch({ batchUnkept: `Results are not kept for the next visit: ${messageOf(error)}` });
  }

  /** Writes to the database where there is one; never rejects. */
  async write(write: (database: BatchDatabase) => Promise<void>): Promise<void> {
    if (this.database) await write(this.database).catch((error: unknown) => this.fail(error));
  }

  /** Tells and keeps how far the batch has come; nothing where another one has taken its place. */
  async record(id: string, changes: Partial<Pick<BatchInfo, 'total' | 'stopped'>>): Promise<void> {
    const { batch, changeBatch } = this.state();
    if (batch?.id !== id) return;
    changeBatch({ batch: { ...batch, ...changes } });
    await this.write((database) => database.change(id, changes));
  }
}
