import type { GradientDescent } from '../../core/training/gradientDescent.ts';

/** What a person may do to a run while it goes on: hold it, let it go on, end it early. */
export class RunControl {
  private descent: GradientDescent | null = null;
  private held = false;
  private ended = false;
  private waiting: (() => void)[] = [];

  /** Whether a person ended the descent. */
  get stopped(): boolean {
    return this.ended;
  }

  pause(): void {
    this.held = true;
    this.descent?.pause();
  }

  resume(): void {
    this.letGo();
    this.descent?.resume();
  }

  /**
   * Ends the descent early; what it has learned stays.
   * @returns false where nothing is being learned yet
   */
  stop(): boolean {
    if (!this.descent) return false;
    this.letGo();
    this.ended = true;
    this.descent.stop();
    return true;
  }

  /** Waits while the run is held; rejects when `signal` aborts. */
  async whileHeld(signal: AbortSignal): Promise<void> {
    while (this.held) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    signal.throwIfAborted();
  }

  /** Has a descent under control while `work` runs it; one that begins while the run is held begins held. */
  async during<Result>(descent: GradientDescent, work: () => Promise<Result>): Promise<Result> {
    this.descent = descent;
    if (this.held) descent.pause();
    try {
      return await work();
    } finally {
      this.descent = null;
    }
  }

  private letGo(): void {
    this.held = false;
    for (const wake of this.waiting.splice(0)) wake();
  }
}
