/** How often the page hears of progress, milliseconds: more often than ten times a second nobody reads it. */
export const TELL_MS = 100;

/** Calls `tell` soon after it is asked to, and at most once in so many milliseconds. */
export class Throttle {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private toldAt = -Infinity;

  constructor(
    private readonly tell: () => void,
    private readonly every = TELL_MS,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** There is something to tell. */
  soon(): void {
    this.timer ??= setTimeout(() => this.now(), Math.max(0, this.toldAt + this.every - this.clock()));
  }

  /** Tells without waiting. */
  now(): void {
    this.drop();
    this.toldAt = this.clock();
    this.tell();
  }

  /** Forgets what there was to tell. */
  drop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
