/** Lets a running piece of work be held and let go again. */
export class Gate {
  private waiting: (() => void)[] = [];
  private shut = false;

  close(): void {
    this.shut = true;
  }

  open(): void {
    this.shut = false;
    for (const wake of this.waiting.splice(0)) wake();
  }

  /** Waits while the gate is closed; rejects when `signal` aborts. */
  async pass(signal: AbortSignal): Promise<void> {
    while (this.shut) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    signal.throwIfAborted();
  }
}
