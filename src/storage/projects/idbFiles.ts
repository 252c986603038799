import { openDB } from 'idb';
import { Connection } from '../Connection.ts';
import type { Files } from './files.ts';

const TABLE = 'files';

/** {@link Files} in a database of their own: for browsers that keep databases but have no file system for pages (WebKitGTK). */
export class IdbFiles implements Files {
  private constructor(private readonly connection: Connection<unknown>) {}

  /** @throws DOMException where the browser denies storage */
  static async open(name: string): Promise<IdbFiles> {
    const connection = new Connection<unknown>((events) =>
      openDB(name, 1, { upgrade: (database) => void database.createObjectStore(TABLE), ...events }),
    );
    return new IdbFiles(await connection.open());
  }

  async write(name: string, stream: ReadableStream<Uint8Array>): Promise<number> {
    const bytes = await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer();
    await this.connection.use(async (database) => {
      const transaction = database.transaction(TABLE, 'readwrite', { durability: 'strict' });
      await Promise.all([transaction.store.put(bytes, name), transaction.done]);
    });
    return bytes.byteLength;
  }

  async read(name: string): Promise<File | null> {
    const bytes = (await this.connection.use((database) => database.get(TABLE, name))) as ArrayBuffer | undefined;
    return bytes ? new File([bytes], name) : null;
  }

  async delete(name: string): Promise<void> {
    await this.connection.use((database) => database.delete(TABLE, name));
  }

  list(): Promise<string[]> {
    return this.connection.use(async (database) => (await database.getAllKeys(TABLE)).map(String));
  }
}
