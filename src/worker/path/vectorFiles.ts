import { inTurn } from '../../core/tasks/inTurn.ts';

/** Vectors that outlive the page. Everything here may fail or be missing: a vector can always be computed again. */
export interface VectorFiles {
  /** Whether there is, as far as is known without asking the disk, a vector under this key. */
  has: (key: string) => boolean;
  get: (key: string) => Promise<Float32Array | null>;
  /** Returns at once; the vector is written in the background, or not at all. */
  set: (key: string, vector: Float32Array) => void;
}

/** The DOM's own types know synchronous access in workers only, and this file is checked for the page as well. */
interface SyncFileHandle {
  createSyncAccessHandle: () => Promise<{
    truncate: (size: number) => void;
    write: (bytes: Uint8Array) => number;
    close: () => void;
  }>;
}

interface Entry {
  name: string;
  bytes: number;
}

/** The number goes up when the same photo, view and pyramid give another vector than before: other backbone, resampling or pooling. */
const FOLDER = 'vectors-2';
/** Part of the origin's quota that vectors may take, and the most whatever the quota. */
const QUOTA_SHARE = 0.2;
const MAX_BYTES = 2 * 2 ** 30;
/** Vectors that wait to be written (they are in memory anyway, as long as they are among the last used); more are not kept. */
const MAX_WAITING = 2048;
/** A checksum follows the numbers: a file that a kill or a full disk cut short is not taken for a vector. */
const CHECK_BYTES = 4;

/** FNV-1a over 32-bit words. */
function checksum(words: Uint32Array): number {
  let hash = 0x811c9dc5;
  for (const word of words) hash = Math.imul(hash ^ word, 0x01000193);
  return hash >>> 0;
}

/** 106 bits of a key as a file name: two rounds of cyrb53 (bryc, public domain) with different seeds. */
export function fileName(key: string): string {
  const round = (seed: number) => {
    let a = 0xdeadbeef ^ seed;
    let b = 0x41c6ce57 ^ seed;
    for (let i = 0; i < key.length; i++) {
      const code = key.charCodeAt(i);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
    return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
  };
  return `${round(0)}-${round(1)}`;
}

/** A vector and its checksum as bytes. */
export function toBytes(vector: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(vector.byteLength + CHECK_BYTES);
  bytes.set(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
  new DataView(bytes.buffer).setUint32(
    vector.byteLength,
    checksum(new Uint32Array(bytes.buffer, 0, vector.length)),
    true,
  );
  return bytes;
}

/** The vector of a file's bytes; null where they are not what was written. */
export function fromBytes(bytes: ArrayBuffer): Float32Array | null {
  if (bytes.byteLength <= CHECK_BYTES || bytes.byteLength % 4 !== 0) return null;
  const length = bytes.byteLength / 4 - 1;
  const found = new DataView(bytes).getUint32(4 * length, true);
  return found === checksum(new Uint32Array(bytes, 0, length)) ? new Float32Array(bytes, 0, length).slice() : null;
}

/** {@link VectorFiles} in a folder of the origin private file system, least recently used dropped first beyond a number of bytes. */
export class OpfsVectorFiles implements VectorFiles {
  /** Least recently used first; null until the folder is listed. */
  private entries: Map<string, Entry> | null = null;
  private total = 0;
  private waiting = 0;
  private readonly inTurn = inTurn();
  private full = false;
  private readonly held = new Set<FileSystemFileHandle>();

  private constructor(
    private readonly folder: FileSystemDirectoryHandle,
    private readonly limit: number,
  ) {}

  /** @returns null where the browser denies storage */
  static async open(folder = FOLDER, limit?: number): Promise<OpfsVectorFiles | null> {
    try {
      const root = await navigator.storage.getDirectory();
      const handle = await root.getDirectoryHandle(folder, { create: true });
      const { quota = MAX_BYTES } = await navigator.storage.estimate();
      const files = new OpfsVectorFiles(handle, limit ?? Math.min(MAX_BYTES, QUOTA_SHARE * quota));
      await files.list();
      // Folders of the same name with another number are of other versions of the app.
      const prefix = folder.slice(0, folder.lastIndexOf('-') + 1);
      for await (const old of prefix ? root.keys() : []) {
        if (old.startsWith(prefix) && old !== folder) await root.removeEntry(old, { recursive: true });
      }
      return files;
    } catch {
      return null;
    }
  }

  get bytes(): number {
    return this.total;
  }

  has(key: string): boolean {
    return this.entries?.has(fileName(key)) ?? false;
  }

  async get(key: string): Promise<Float32Array | null> {
    const name = fileName(key);
    const entry = this.entries?.get(name);
    if (!entry) return null;
    try {
      const handle = await this.folder.getFileHandle(name);
      const file = await this.holding(handle, () => handle.getFile());
      const vector = fromBytes(await file.arrayBuffer());
      if (!vector) throw new Error('damaged');
      this.entries?.delete(name);
      this.entries?.set(name, entry);
      return vector;
    } catch {
      // Deleted by another tab, or cut short: it is computed again.
      this.forget(name);
      return null;
    }
  }

  set(key: string, vector: Float32Array): void {
    const name = fileName(key);
    if (this.full || this.waiting >= MAX_WAITING || this.entries?.has(name)) return;
    this.waiting++;
    this.inTurn(() => this.write(name, toBytes(vector)))
      .catch((error: unknown) => {
        // Photos and heads come first: with a full disk no more vectors are kept in this visit.
        if (error instanceof DOMException && error.name === 'QuotaExceededError') this.full = true;
      })
      .finally(() => this.waiting--);
  }

  private async write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.makeRoom(bytes.length);
    const handle = await this.folder.getFileHandle(name, { create: true });
    const access = await this.holding(handle, () => (handle as unknown as SyncFileHandle).createSyncAccessHandle());
    try {
      access.truncate(0);
      if (access.write(bytes) < bytes.length) throw new DOMException('The disk is full.', 'QuotaExceededError');
    } catch (error) {
      access.close();
      await this.folder.removeEntry(name).catch(() => {});
      throw error;
    }
    access.close();
    this.entries?.set(name, { name, bytes: bytes.length });
    this.total += bytes.length;
  }

  /** Chromium never answers for a handle that is garbage-collected while it waits: it is held on to meanwhile. */
  private async holding<T>(
    handle: FileSystemFileHandle,
    work: (handle: FileSystemFileHandle) => Promise<T>,
  ): Promise<T> {
    this.held.add(handle);
    try {
      return await work(handle);
    } finally {
      this.held.delete(handle);
    }
  }

  private async makeRoom(bytes: number): Promise<void> {
    for (const { name } of this.entries?.values() ?? []) {
      if (this.total + bytes <= this.limit) return;
      this.forget(name);
      await this.folder.removeEntry(name).catch(() => {});
    }
  }

  private forget(name: string): void {
    const entry = this.entries?.get(name);
    if (!entry) return;
    this.entries?.delete(name);
    this.total -= entry.bytes;
  }

  /** What earlier visits have left, in the order of their last writing. */
  private async list(): Promise<void> {
    const found: (Entry & { at: number })[] = [];
    for await (const handle of this.folder.values()) {
      if (handle.kind !== 'file') continue;
      const { name, size, lastModified } = await this.holding(handle as FileSystemFileHandle, (file) => file.getFile());
      found.push({ name, bytes: size, at: lastModified });
    }
    found.sort((a, b) => a.at - b.at);
    this.entries = new Map(found.map(({ name, bytes }) => [name, { name, bytes }]));
    this.total = found.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
