/**
 * Bytes of decoded pixels that may be there at once: one picture of 134 megapixels and a smaller one, or several photos. What is over that waits,
 * so that a few huge photos dropped together take no more memory than one after another.
 */
const ROOM_BYTES = 640e6;

/** From this many bytes on (64 megapixels) a picture is worth more than what is kept only to save time. */
const HUGE_BYTES = 256e6;

interface Waiting {
  bytes: number;
  enter: () => void;
}

/** Waits for its turn; to be called once, when that is over. Rejects with what the signal is aborted with. */
export type TakeTurn = (signal?: AbortSignal) => Promise<() => void>;

/** Room for decoded pictures, which take 4 bytes a pixel outside the garbage collector's sight. */
export class DecodeRoom {
  private taken = 0;
  private readonly waiting = new Set<Waiting>();
  private readonly spare: (() => void)[] = [];
  private hugeTurn: TakeTurn | null = null;

  constructor(private limit = ROOM_BYTES) {}

  /** Makes this one room of several, of several engines: huge pictures are in one of them at a time. */
  share(hugeTurn: TakeTurn, limit = ROOM_BYTES): void {
    this.hugeTurn = hugeTurn;
    this.limit = limit;
  }

  /** @param clear frees memory that can be filled again; called before each huge picture */
  clearForHuge(clear: () => void): void {
    this.spare.push(clear);
  }

  /**
   * Waits until there is room for a picture; one larger than all the room gets in alone. A small one goes ahead of a large one that waits.
   * @returns to be called once, when the picture is closed
   * @throws what `signal` is aborted with
   */
  async enter(bytes: number, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (!this.hugeTurn || bytes < HUGE_BYTES) return this.enterHere(bytes, signal);
    const over = await this.hugeTurn(signal);
    try {
      const leave = await this.enterHere(bytes, signal);
      return () => {
        leave();
        over();
      };
    } catch (error) {
      over();
      throw error;
    }
  }

  private async enterHere(bytes: number, signal?: AbortSignal): Promise<() => void> {
    if (this.fits(bytes)) return this.take(bytes);
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.waiting.delete(entry);
        signal?.removeEventListener('abort', onAbort);
      };
      const onAbort = () => {
        leave();
        reject(signal?.reason as Error);
      };
      const entry = {
        bytes,
        enter: () => {
          leave();
          resolve(this.take(bytes));
        },
      };
      this.waiting.add(entry);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  private fits(bytes: number): boolean {
    return this.taken === 0 || this.taken + bytes <= this.limit;
  }

  private take(bytes: number): () => void {
    this.taken += bytes;
    if (bytes >= HUGE_BYTES) for (const clear of this.spare) clear();
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.taken -= bytes;
      for (const entry of this.waiting) if (this.fits(entry.bytes)) entry.enter();
    };
  }
}
