import type { IDBPDatabase, IDBPTransaction } from 'idb';

/** One step of the schema, done within the upgrade's transaction. */
export type Upgrade = (
  database: IDBPDatabase,
  transaction: IDBPTransaction<unknown, string[], 'versionchange'>,
) => void | Promise<void>;

/**
 * The schema's history: the database's version is the number of steps. Steps are only ever added: a step that people have
 * run stays as it is, and a later one changes what it made.
 */
export const UPGRADES: readonly Upgrade[] = [
  (database) => {
    database.createObjectStore('projects', { keyPath: 'id' });
    for (const table of ['photos', 'thumbnails', 'runs']) {
      database.createObjectStore(table, { keyPath: ['project', 'id'] });
    }
  },
];
