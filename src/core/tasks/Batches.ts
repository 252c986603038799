export interface BatchParts<Item, Answer> {
  /** Items of one key can be done together. */
  keyOf: (item: Item) => string;
  /** Most items that are done together with this one, itself included. */
  most: (item: Item) => number;
  /** Batches at work at a time. */
  depth: number;
  /** @returns answers in the order of the items. When it rejects for several, each of them is run again alone: one that fails fails alone */
  run: (items: readonly Item[]) => Promise<readonly Answer[]>;
}

interface Entry<Item, Answer> {
  item: Item;
  order: number;
  /** Nobody waits for it any more. */
  over: boolean;
  resolve: (answer: Answer) => void;
  reject: (reason: unknown) => void;
}

export interface Asking {
  signal?: AbortSignal | undefined;
  /** What has a lower number goes first, whenever it came. */
  order?: number | undefined;
}

/**
 * Does what waits in batches of items that go together, in their order and that in which they came. Nothing waits for company: whatever is there when a batch
 * can begin goes, so a single item goes at once, and batches grow only while others are at work.
 */
export class Batches<Item, Answer> {
  private waiting: Entry<Item, Answer>[] = [];
  private running = 0;

  constructor(private readonly parts: BatchParts<Item, Answer>) {}

  /** @throws what `run` throws for this item; what `signal` is aborted with, at once */
  add(item: Item, { signal, order = 0 }: Asking = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const onAbort = () => {
        this.waiting = this.waiting.filter((other) => other !== entry);
        end(() => reject(signal?.reason as Error));
      };
      const end = (tell: () => void) => {
        signal?.removeEventListener('abort', onAbort);
        entry.over = true;
        tell();
      };
      const entry: Entry<Item, Answer> = {
        item,
        order,
        over: false,
        resolve: (answer) => end(() => resolve(answer)),
        reject: (reason) => end(() => reject(reason as Error)),
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      const behind = this.waiting.findIndex((other) => other.order > order);
      this.waiting.splice(behind < 0 ? this.waiting.length : behind, 0, entry);
      this.begin();
    });
  }

  private begin(): void {
    while (this.running < this.parts.depth) {
      const batch = this.next();
      if (batch.length === 0) return;
      this.running++;
      void this.run(batch).finally(() => {
        this.running--;
        this.begin();
      });
    }
  }

  /** Takes those that go next out of what waits. */
  private next(): Entry<Item, Answer>[] {
    const [oldest] = this.waiting;
    if (!oldest) return [];
    const key = this.parts.keyOf(oldest.item);
    const most = Math.max(1, this.parts.most(oldest.item));
    const batch = this.waiting.filter(({ item }) => this.parts.keyOf(item) === key).slice(0, most);
    this.waiting = this.waiting.filter((entry) => !batch.includes(entry));
    return batch;
  }

  private async run(batch: readonly Entry<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.parts.run(batch.map(({ item }) => item));
      batch.forEach((entry, i) => entry.resolve(answers[i] as Answer));
    } catch (error) {
      if (batch.length === 1) return batch[0]?.reject(error);
      for (const entry of batch) if (!entry.over) await this.run([entry]);
    }
  }
}
