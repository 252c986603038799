/**
 * Large things by name: photos, heads' numbers, project files on their way out. A file is written once, under a name that no
 * file had before, and can be read when its write has resolved; a write that was cut short leaves a file that no record names.
 */
export interface Files {
  /** Writes a stream and resolves with its size. Where it fails, nothing is left. */
  write: (name: string, stream: ReadableStream<Uint8Array>) => Promise<number>;
  /** Null where there is none of that name. */
  read: (name: string) => Promise<File | null>;
  delete: (name: string) => Promise<void>;
  list: () => Promise<string[]>;
}

/** {@link Files} in memory: for where the browser denies storage. */
export class MemoryFiles implements Files {
  private readonly all = new Map<string, File>();

  async write(name: string, stream: ReadableStream<Uint8Array>): Promise<number> {
    const blob = await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).blob();
    this.all.set(name, new File([blob], name));
    return blob.size;
  }

  async read(name: string): Promise<File | null> {
    return this.all.get(name) ?? null;
  }

  async delete(name: string): Promise<void> {
    this.all.delete(name);
  }

  async list(): Promise<string[]> {
    return [...this.all.keys()];
  }
}
