/** How a piece of work ended. */
export type Settled<Result> = { result: Result } | { error: unknown };

interface Piece {
  interrupt: (reason: Error) => void;
}

/** Work that was given to a backend and is not over. */
export class InFlight {
  private readonly pieces = new Set<Piece>();
  private waiting: (() => void)[] = [];
  private spent = 0;
  private since = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Milliseconds during which there was any, so far: the rest of the time the backend had nothing to do. */
  get busy(): number {
    return this.pieces.size > 0 ? this.spent + this.now() - this.since : this.spent;
  }

  /** Begins a piece of work at once, and follows it to its end or its interruption. */
  async follow<Result>(work: () => Promise<Result>): Promise<Settled<Result>> {
    const piece: Piece = { interrupt: () => {} };
    if (this.pieces.size === 0) this.since = this.now();
    this.pieces.add(piece);
    // Not Promise.race with something that outlives the work: that would keep every result.
    const settled = await new Promise<Result>((resolve, reject) => {
      piece.interrupt = reject;
      work().then(resolve, reject);
    }).then(
      (result) => ({ result }),
      (error: unknown) => ({ error }),
    );
    this.pieces.delete(piece);
    if (this.pieces.size === 0) {
      this.spent += this.now() - this.since;
      for (const wake of this.waiting.splice(0)) wake();
    }
    return settled;
  }

  /** @returns interrupts what is in flight now, as far as it is not over by then */
  interrupter(): (reason: Error) => void {
    const pieces = [...this.pieces];
    return (reason) => {
      for (const piece of pieces) piece.interrupt(reason);
    };
  }

  /** Resolves when nothing is in flight. */
  async over(): Promise<void> {
    if (this.pieces.size > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}
