import { AnysizeError } from '../core/errors.ts';
import { pause } from '../core/pause.ts';

/** It is quiet when nothing that a person waits for has run for so long. */
const QUIET_MS = 150;

/** Running tasks by name, each of which can be cancelled. */
export class Tasks {
  private readonly controllers = new Map<string, AbortController>();
  /** Tasks that a person waits for. */
  private readonly awaited = new Set<AbortController>();
  private quieted: (() => void)[] = [];

  /**
   * Runs `work`; once {@link cancel} is called for `name` it should stop at `signal` and rejects with `Cancelled`.
   * @param awaited whether work in the background gives way to it
   */
  async run<Result>(
    name: string,
    work: (signal: AbortSignal) => Promise<Result>,
    { awaited = true } = {},
  ): Promise<Result> {
    const controller = new AbortController();
    this.controllers.set(name, controller);
    if (awaited) this.awaited.add(controller);
    try {
      return await work(controller.signal);
    } finally {
      if (this.controllers.get(name) === controller) this.controllers.delete(name);
      this.awaited.delete(controller);
      if (this.awaited.size === 0) for (const wake of this.quieted.splice(0)) wake();
    }
  }

  /** Resolves when nothing runs that a person waits for; rejects when `signal` aborts. */
  async whenQuiet(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (this.awaited.size > 0) {
      await new Promise<void>((resolve) => {
        this.quieted.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      // What comes again and again, as the camera's pictures do, has short pauses.
      await pause(QUIET_MS, signal);
      signal.throwIfAborted();
    }
  }

  cancel(name: string): void {
    this.controllers.get(name)?.abort(new AnysizeError('Cancelled', 'Cancelled.'));
  }
}
