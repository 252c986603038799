import { AnysizeError } from '../core/errors.ts';

/** Running tasks by name, each of which can be cancelled. */
export class Tasks {
  private readonly controllers = new Map<string, AbortController>();

  /** Runs `work`; once {@link cancel} is called for `name` it should stop at `signal` and rejects with `Cancelled`. */
  async run<Result>(name: string, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const controller = new AbortController();
    this.controllers.set(name, controller);
    try {
      return await work(controller.signal);
    } finally {
      if (this.controllers.get(name) === controller) this.controllers.delete(name);
    }
  }

  cancel(name: string): void {
    this.controllers.get(name)?.abort(new AnysizeError('Cancelled', 'Cancelled.'));
  }
}
