import type { Files } from './files.ts';

/** The part of a synchronous access handle that is used; the DOM's own types know it in workers only. */
interface AccessHandle {
  write: (bytes: Uint8Array, at: { at: number }) => number;
  flush: () => void;
  close: () => void;
}

interface SyncFileHandle extends FileSystemFileHandle {
  createSyncAccessHandle?: () => Promise<AccessHandle>;
}

/** The DOM's own types leave out that folders can be listed. */
type ListableDirectory = FileSystemDirectoryHandle & { keys: () => AsyncIterable<string> };

function isMissing(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotFoundError';
}

/** {@link Files} in a folder of the origin private file system. To be used in a worker. */
export class OpfsFiles implements Files {
  /** Chromium never answers for a handle that is garbage-collected while it waits: those at work are held on to. */
  private readonly held = new Set<FileSystemFileHandle>();

  private constructor(private readonly folder: FileSystemDirectoryHandle) {}

  /** @throws DOMException where the browser denies storage (private windows of some browsers, plain http) */
  static async open(folder: string): Promise<OpfsFiles> {
    const root = await navigator.storage.getDirectory();
    return new OpfsFiles(await root.getDirectoryHandle(folder, { create: true }));
  }

  async write(name: string, stream: ReadableStream<Uint8Array>): Promise<number> {
    const handle: SyncFileHandle = await this.folder.getFileHandle(name, { create: true });
    this.held.add(handle);
    try {
      const size = await (handle.createSyncAccessHandle
        ? writeInPlace(await handle.createSyncAccessHandle(), stream)
        : writeByStream(handle, stream));
      // Seen in Chromium: at the quota's edge a write claims more than it did.
      if ((await handle.getFile()).size !== size) throw new DOMException('The disk is full.', 'QuotaExceededError');
      return size;
    } catch (error) {
      await this.delete(name).catch(() => {});
      throw error;
    } finally {
      this.held.delete(handle);
    }
  }

  async read(name: string): Promise<File | null> {
    let handle: FileSystemFileHandle | null = null;
    try {
      handle = await this.folder.getFileHandle(name);
      this.held.add(handle);
      return await handle.getFile();
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    } finally {
      if (handle) this.held.delete(handle);
    }
  }

  async delete(name: string): Promise<void> {
    try {
      await this.folder.removeEntry(name);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  async list(): Promise<string[]> {
    const names: string[] = [];
    for await (const name of (this.folder as ListableDirectory).keys()) names.push(name);
    return names;
  }
}

async function writeInPlace(access: AccessHandle, stream: ReadableStream<Uint8Array>): Promise<number> {
  const reader = stream.getReader();
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      // A full disk may write less than asked without an error.
      for (let from = 0; from < value.length;) {
        const written = access.write(value.subarray(from), { at: size });
        if (written <= 0) throw new DOMException('The disk is full.', 'QuotaExceededError');
        from += written;
        size += written;
      }
    }
    // On the disk before any record names it.
    access.flush();
    return size;
  } catch (error) {
    await reader.cancel(error).catch(() => {});
    throw error;
  } finally {
    access.close();
  }
}

async function writeByStream(handle: FileSystemFileHandle, stream: ReadableStream<Uint8Array>): Promise<number> {
  // Written aside and swapped in on close, by the platform.
  await stream.pipeTo(await handle.createWritable());
  return (await handle.getFile()).size;
}
