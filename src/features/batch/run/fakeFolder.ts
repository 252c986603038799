type Entry = FakeFolder | FakeFile;

class FakeFile {
  readonly kind = 'file';
  constructor(
    readonly name: string,
    public content: string,
    readonly lastModified = 1,
  ) {}

  /** Set: opening it fails, as where the system denies it. */
  locked = false;

  async getFile(): Promise<File> {
    if (this.locked) throw new DOMException('Permission denied.', 'NotReadableError');
    return new File([this.content], this.name, { lastModified: this.lastModified });
  }

  async createWritable(): Promise<WritableStream<Uint8Array>> {
    const decoder = new TextDecoder();
    let text = '';
    return new WritableStream({
      write: (bytes) => void (text += decoder.decode(bytes, { stream: true })),
      close: () => void (this.content = text),
    });
  }
}

/** As much of a FileSystemDirectoryHandle as a batch uses, in memory, for tests. */
export class FakeFolder {
  readonly kind = 'directory';
  readonly entries = new Map<string, Entry>();
  /** Whether the page may read it, and what the person answers when they are asked. */
  permission: PermissionState = 'granted';
  answer: PermissionState = 'granted';
  /** Set: listing it fails, as where the system denies it. */
  locked = false;

  constructor(
    readonly name: string,
    paths: Record<string, string> = {},
  ) {
    for (const [path, content] of Object.entries(paths)) {
      const [first = '', ...rest] = path.split('/');
      if (rest.length === 0) this.entries.set(first, new FakeFile(first, content));
      else {
        const inner = (this.entries.get(first) as FakeFolder | undefined) ?? new FakeFolder(first);
        this.entries.set(first, inner);
        for (const [name, entry] of new FakeFolder('', { [rest.join('/')]: content }).entries)
          inner.entries.set(name, entry);
      }
    }
  }

  /** The same, with the type that the browser's have. */
  get handle(): FileSystemDirectoryHandle {
    return this as unknown as FileSystemDirectoryHandle;
  }

  /** Every file in it and their contents, by path. */
  all(path = ''): Record<string, string> {
    const found: Record<string, string> = {};
    for (const [name, entry] of this.entries) {
      if (entry instanceof FakeFolder) Object.assign(found, entry.all(`${path}${name}/`));
      else found[path + name] = entry.content;
    }
    return found;
  }

  async queryPermission(): Promise<PermissionState> {
    return this.permission;
  }

  async requestPermission(): Promise<PermissionState> {
    this.permission = this.answer;
    return this.permission;
  }

  async isSameEntry(other: unknown): Promise<boolean> {
    return other === this;
  }

  /** Makes a file or a folder in it one that cannot be opened, or one that can again. */
  lock(path: string, locked = true): void {
    const [first = '', ...rest] = path.split('/');
    const entry = this.entries.get(first);
    if (rest.length > 0) (entry as FakeFolder).lock(rest.join('/'), locked);
    else if (entry) entry.locked = locked;
  }

  async *values(): AsyncGenerator<Entry> {
    if (this.locked) throw new DOMException('Permission denied.', 'NotReadableError');
    yield* this.entries.values();
  }

  async *keys(): AsyncGenerator<string> {
    yield* this.entries.keys();
  }

  async getDirectoryHandle(name: string, options?: { create?: boolean }): Promise<FakeFolder> {
    const found = this.entries.get(name) ?? (options?.create ? new FakeFolder(name) : null);
    if (!(found instanceof FakeFolder)) throw new DOMException(`no folder ${name}`, 'NotFoundError');
    this.entries.set(name, found);
    return found;
  }

  async getFileHandle(name: string, options?: { create?: boolean }): Promise<FakeFile> {
    const found = this.entries.get(name) ?? (options?.create ? new FakeFile(name, '') : null);
    if (!(found instanceof FakeFile)) throw new DOMException(`no file ${name}`, 'NotFoundError');
    this.entries.set(name, found);
    return found;
  }
}
