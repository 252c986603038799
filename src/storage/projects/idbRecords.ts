import { type IDBPDatabase, type IDBPTransaction, type OpenDBCallbacks, openDB } from 'idb';
import { AnysizeError } from '../../core/errors.ts';
import { Connection, type ConnectionEvents } from '../Connection.ts';
import type { Change, Guard, PartKey, PartName, ProjectRecord, Records, TableName, Tables } from './records.ts';

const TABLES: readonly TableName[] = ['projects', 'photos', 'thumbnails', 'runs', 'finders'];
const PARTS: readonly PartName[] = ['photos', 'thumbnails', 'runs', 'finders'];

/** One step of the schema, done within the upgrade's transaction. */
export type Upgrade = (
  database: IDBPDatabase,
  transaction: Parameters<NonNullable<OpenDBCallbacks<unknown>['upgrade']>>[3],
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
  (database) => {
    database.createObjectStore('finders', { keyPath: ['project', 'id'] });
  },
];

/** Every key [project, anything]: arrays sort after numbers and text. */
function allOf(project: string): IDBKeyRange {
  return IDBKeyRange.bound([project], [project, []]);
}

/**
 * Opens the database and brings it to the newest schema.
 * @throws AnysizeError `StorageDenied` where a newer version of the page has changed it
 */
export function openDatabase(name: string, upgrades: readonly Upgrade[] = UPGRADES): Promise<Connection<unknown>> {
  return new Connection<unknown>((events) => connect(name, upgrades, events)).open();
}

async function connect(name: string, upgrades: readonly Upgrade[], events: ConnectionEvents): Promise<IDBPDatabase> {
  try {
    return await openDB(name, upgrades.length, {
      async upgrade(database, oldVersion, _newVersion, transaction) {
        for (const step of upgrades.slice(oldVersion)) {
          await step(database, transaction);
        }
      },
      ...events,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'VersionError') {
      throw new AnysizeError(
        'StorageDenied',
        'Your projects were last opened by a newer version of this page. Reload it to get that version.',
      );
    }
    throw error;
  }
}

/** {@link Records} in IndexedDB. */
export class IdbRecords implements Records {
  constructor(private readonly connection: Connection<unknown>) {}

  async project(id: string): Promise<ProjectRecord | null> {
    const record = await this.connection.use((database) => database.get('projects', id));
    return (record as ProjectRecord | undefined) ?? null;
  }

  projects(): Promise<ProjectRecord[]> {
    return this.connection.use((database) => database.getAll('projects'));
  }

  parts<Name extends PartName>(table: Name, project: string): Promise<Tables[Name][]> {
    return this.connection.use((database) => database.getAll(table, allOf(project)));
  }

  async part<Name extends PartName>(table: Name, key: PartKey): Promise<Tables[Name] | null> {
    const record = await this.connection.use((database) => database.get(table, key));
    return (record as Tables[Name] | undefined) ?? null;
  }

  commit(changes: readonly Change[], guard?: Guard): Promise<void> {
    return this.connection.use((database) => this.commitTo(database, changes, guard));
  }

  private async commitTo(database: IDBPDatabase, changes: readonly Change[], guard?: Guard): Promise<void> {
    const transaction = database.transaction(TABLES, 'readwrite', { durability: 'strict' });
    // Awaited at the end; a request that fails first must not count as unhandled meanwhile.
    transaction.done.catch(() => {});
    try {
      if (guard) {
        const project = (await transaction.objectStore('projects').get(guard.project)) as ProjectRecord | undefined;
        if (!project && this.connection.reopened) throw projectLost();
        if (project?.writer !== guard.writer) throw takenOver();
      }
      await Promise.all(changes.map((change) => apply(transaction, change)));
    } catch (error) {
      try {
        transaction.abort();
      } catch {
        // Aborted already, by the error itself.
      }
      throw transaction.error ?? error;
    }
    await transaction.done;
  }
}

export function takenOver(): AnysizeError {
  return new AnysizeError('TakenOver', 'Another tab has taken this project over. What you change here is not kept.');
}

/** The page still has everything of the project: it writes it anew. */
function projectLost(): AnysizeError {
  return new AnysizeError('ProjectLost', "The browser's database was emptied while the page was open.");
}

async function apply(transaction: IDBPTransaction<unknown, TableName[], 'readwrite'>, change: Change): Promise<void> {
  if ('put' in change) await transaction.objectStore(change.put).put(change.value);
  else if ('merge' in change) {
    const projects = transaction.objectStore('projects');
    const old = (await projects.get(change.merge)) as ProjectRecord | undefined;
    if (old) await projects.put({ ...old, ...change.fields });
  } else if ('delete' in change) await transaction.objectStore(change.delete).delete(change.key);
  else {
    await transaction.objectStore('projects').delete(change.purge);
    await Promise.all(PARTS.map((table) => transaction.objectStore(table).delete(allOf(change.purge))));
  }
}
