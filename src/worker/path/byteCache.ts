/** Typed arrays by key, least recently used dropped first beyond a number of bytes. */
export class ByteCache<Value> {
  private readonly entries = new Map<string, { value: Value; bytes: number }>();
  private total = 0;

  constructor(private readonly limit: number) {}

  get bytes(): number {
    return this.total;
  }

  get(key: string): Value | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: Value, bytes: number): void {
    const old = this.entries.get(key);
    if (old) this.total -= old.bytes;
    this.entries.delete(key);
    if (bytes > this.limit) return;
    this.makeRoom(bytes);
    this.entries.set(key, { value, bytes });
    this.total += bytes;
  }

  clear(): void {
    this.entries.clear();
    this.total = 0;
  }

  /** Drops entries until `bytes` more fit, before they are taken. */
  makeRoom(bytes: number): void {
    for (const [oldest, entry] of this.entries) {
      if (this.total + bytes <= this.limit) break;
      this.entries.delete(oldest);
      this.total -= entry.bytes;
    }
  }
}
