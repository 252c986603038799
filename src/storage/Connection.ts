import type { IDBPDatabase } from 'idb';

/** Told by `idb` of what befalls an open database. */
export interface ConnectionEvents {
  /** Another tab wants the schema changed or the database deleted, which an open connection would hold up. */
  blocking: (current: number, blocked: number | null, event: IDBVersionChangeEvent) => void;
  /** The browser has closed it: site data was cleared, or the disk failed. */
  terminated: () => void;
}

/** A database that is opened again where its connection was closed under the page. */
export class Connection<Schema> {
  private database: IDBPDatabase<Schema> | null = null;
  private hadOne = false;
  private opening: Promise<IDBPDatabase<Schema>> | null = null;
  private readonly events: ConnectionEvents;
  /** Whether it was ever closed under the page: what stood in it may be gone. */
  reopened = false;

  constructor(private readonly openAnew: (events: ConnectionEvents) => Promise<IDBPDatabase<Schema>>) {
    this.events = {
      blocking: (_current, _blocked, event) => {
        (event.target as IDBDatabase).close();
        this.database = null;
      },
      terminated: () => (this.database = null),
    };
  }

  /** @throws what opening throws */
  async open(): Promise<this> {
    await this.opened();
    return this;
  }

  close(): void {
    this.database?.close();
    this.database = null;
  }

  /** Does work on the database; once more on a new connection, where this one turns out to be closed. */
  async use<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    const database = await this.opened();
    try {
      return await work(database);
    } catch (error) {
      if (!(this.database !== database || isClosed(error))) throw error;
      this.database = null;
      return work(await this.opened());
    }
  }

  private async opened(): Promise<IDBPDatabase<Schema>> {
    if (this.database) return this.database;
    this.opening ??= this.openAnew(this.events).finally(() => (this.opening = null));
    const before = this.hadOne;
    this.database = await this.opening;
    this.reopened ||= before;
    this.hadOne = true;
    return this.database;
  }
}

/** A connection that is closing refuses every new transaction. */
function isClosed(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'InvalidStateError';
}
