/** How far a queue of work is: one model for every list of photos that is worked through. */
export interface WorkProgress {
  /** Pieces of work that are over, failed ones among them. */
  done: number;
  total: number;
  failed: number;
  /** Pieces a second over the last seconds; null before there are enough. */
  pace: number | null;
  /** Null before there is anything to estimate from, and while `total` still grows. */
  secondsLeft: number | null;
}

/** The pace is that of the last seconds: photos differ in size, and the machine gets other work. */
const WINDOW_MS = 15_000;
/** Answers after which the pace is steady enough to be told. */
const ENOUGH = 4;

/** Measures how fast work gets done. */
export class Pace {
  private ends: number[] = [];

  /** A piece of work was over at this time, milliseconds. */
  count(now: number): void {
    this.ends.push(now);
    // Slow work has few ends in the window: the last ones tell its pace all the same.
    while (this.ends.length > ENOUGH && (this.ends[0] ?? now) < now - WINDOW_MS) this.ends.shift();
  }

  clear(): void {
    this.ends = [];
  }

  /** Pieces a second; null before enough of them are over. */
  get perSecond(): number | null {
    const span = (this.ends.at(-1) ?? 0) - (this.ends[0] ?? 0);
    return this.ends.length >= ENOUGH && span > 0 ? ((this.ends.length - 1) / span) * 1000 : null;
  }
}
