import { throwIfCancelled } from './cancelled.ts';

/** Longest stretch of work between two yields, in milliseconds. */
export const SLICE_MS = 16;

/** Lets waiting messages, timers and events through, without the delays of `setTimeout` (which a hidden tab stretches). */
export function yieldNow(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}

/** Cuts long work into slices: `if (slices.over) await slices.next();` in its loop, and messages and a cancel get through. */
export class Slices {
  private start = performance.now();

  constructor(private readonly signal: AbortSignal | undefined) {}

  get over(): boolean {
    return performance.now() - this.start > SLICE_MS;
  }

  /** @throws AnysizeError `Cancelled` when the signal says so */
  async next(): Promise<void> {
    await yieldNow();
    throwIfCancelled(this.signal);
    this.start = performance.now();
  }
}
