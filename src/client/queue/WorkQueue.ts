import PQueue from 'p-queue';
import { nextName } from '../../core/nextName.ts';
import { breather } from '../../core/tasks/breather.ts';
import { Pace, type WorkProgress } from '../../core/tasks/progress.ts';
import { TELL_MS, Throttle } from '../../core/tasks/Throttle.ts';

/** One piece of work. Its task is the name by which the engine knows it; a rejection counts as failed, unless it is `Cancelled`. */
export type Work = (task: string) => Promise<void>;

/** A piece that took so long tells the pace alone: it is not only what takes a while at the start. */
const LONG_MS = 5000;

/** Priorities, higher first: work of one priority goes in the order in which it came. */
export const PRIORITY = { background: -1, usual: 0, wanted: 1 } as const;

/** Those who do the work, where they can become more. */
export interface Hands {
  /** How many there are now. */
  count: number;
  /** Pieces at work at a time that each of them is worth, where that is more than the queue's own number. */
  depth?: number | undefined;
  /** So many pieces wait or are at work, and so many are done in a second; null where that is not known. */
  want(left: number, pace: number | null): void;
}

export interface WorkQueueParts {
  /** Begins the names of its tasks. */
  name: string;
  /** Pieces at work at a time, for each of the hands. */
  concurrency: number;
  /** One pair where absent. */
  hands?: Hands | undefined;
  /** Stops a piece that is at work; it is over when it rejects. */
  cancel: (task: string) => void;
  /** How far it is: at most ten times a second (or once in `tellEvery` milliseconds), and at once where a person adds or cancels. */
  tell: (progress: WorkProgress) => void;
  tellEvery?: number;
  /** The key that a person waits for: it is the next one to begin, if it waits. */
  wanted?: () => string | null;
  /** Nothing waits or is at work any more. */
  onIdle?: () => void;
  now?: () => number;
}

/** Work by key, a few pieces at a time, with one way to tell how far it is and to cancel it. What its pieces find is the caller's to keep. */
export class WorkQueue {
  private readonly queue: PQueue;
  private readonly waiting = new Map<string, Work>();
  /** Priorities of what waits and is not in the line yet: ten thousand promises made in one go would hold the page up. */
  private readonly unlined = new Map<string, number>();
  private lining = false;
  private readonly running = new Map<string, string>();
  private readonly pace = new Pace();
  private readonly throttle: Throttle;
  private readonly now: () => number;
  private total = 0;
  private failed = 0;
  private growing = false;

  constructor(private readonly parts: WorkQueueParts) {
    this.now = parts.now ?? (() => performance.now());
    this.queue = new PQueue({ concurrency: parts.concurrency });
    this.throttle = new Throttle(() => parts.tell(this.progress), parts.tellEvery ?? TELL_MS, this.now);
  }

  /** Pieces that wait or are at work. */
  get left(): number {
    return this.waiting.size + this.running.size;
  }

  /** Whether work of this key waits or is at work. */
  has(key: string): boolean {
    return this.waiting.has(key) || this.running.has(key);
  }

  /** Whether a piece is still at work in a task, so that what the task says is still wanted. */
  isAtWork(key: string, task: string): boolean {
    return this.running.get(key) === task;
  }

  /** Whether more is expected than has been added: until it is not, the end is not in sight and its counts go on. */
  set more(more: boolean) {
    this.growing = more;
    this.throttle.soon();
  }

  /** Adds work; nothing where work of this key waits or is at work already. */
  add(key: string, work: Work, priority: number = PRIORITY.usual): void {
    if (this.has(key)) return;
    this.startCounting();
    this.total++;
    this.waiting.set(key, work);
    this.unlined.set(key, priority);
    void this.lineUp();
    this.throttle.soon();
  }

  /** Counts pieces that are over without any work. */
  count(done: number, failed = 0): void {
    this.startCounting();
    this.total += done;
    this.failed += failed;
    this.throttle.soon();
  }

  /** Gives up one piece. @returns true where it had not begun; else its work ends by itself, if it is at work at all */
  cancel(key: string): boolean {
    const waited = this.waiting.delete(key);
    if (waited) this.total--;
    // Its place in the line is skipped when its turn comes.
    if (this.waiting.size === 0) this.clearLine();
    const task = this.running.get(key);
    if (task) this.parts.cancel(task);
    return waited;
  }

  /** Gives up everything. @returns the keys that had not begun */
  cancelAll(): string[] {
    const keys = [...this.waiting.keys()];
    this.total -= keys.length;
    this.waiting.clear();
    this.clearLine();
    for (const task of this.running.values()) this.parts.cancel(task);
    return keys;
  }

  /** There is something to tell. */
  tellSoon(): void {
    this.throttle.soon();
  }

  /** Tells without waiting. */
  tellNow(): void {
    this.throttle.now();
  }

  get progress(): WorkProgress {
    const { left, total, failed } = this;
    const pace = this.pace.perSecond;
    return { done: total - left, total, failed, pace, secondsLeft: pace === null || this.growing ? null : left / pace };
  }

  /** A new list after the last one was done has counts of its own. */
  private startCounting(): void {
    if (this.left > 0 || this.growing) return;
    this.total = 0;
    this.failed = 0;
    this.pace.clear();
    this.useHands();
  }

  private async lineUp(): Promise<void> {
    if (this.lining) return;
    this.lining = true;
    const breathe = breather();
    for (const [key, priority] of this.unlined) {
      this.unlined.delete(key);
      // It never rejects: a piece that fails is counted, and the queue goes on.
      void this.queue.add(() => this.run(key), { id: key, priority });
      const pause = breathe();
      if (pause) await pause;
    }
    this.lining = false;
  }

  private clearLine(): void {
    this.unlined.clear();
    this.queue.clear();
  }

  private async run(key: string): Promise<void> {
    const work = this.waiting.get(key);
    if (!work) return;
    this.waiting.delete(key);
    const task = nextName(this.parts.name);
    this.running.set(key, task);
    const begun = this.now();
    try {
      await work(task);
      this.pace.count(this.now());
    } catch (error) {
      if (!(error instanceof Error && error.name === 'Cancelled')) {
        this.failed++;
        this.pace.count(this.now());
      }
    }
    this.running.delete(key);
    this.callHands(this.now() - begun);
    this.preferWanted();
    this.throttle.soon();
    if (this.left === 0) this.parts.onIdle?.();
  }

  /** @param took milliseconds that the last piece was at work, beside the others */
  private callHands(took: number): void {
    const ofOne = took >= LONG_MS ? (1000 * this.queue.concurrency) / took : null;
    this.parts.hands?.want(this.left, this.pace.perSecond ?? ofOne);
    this.useHands();
  }

  private useHands(): void {
    const { concurrency, hands } = this.parts;
    const most = Math.max(concurrency, hands?.depth ?? 0) * (hands?.count ?? 1);
    if (this.queue.concurrency !== most) this.queue.concurrency = most;
  }

  private preferWanted(): void {
    const key = this.parts.wanted?.() ?? null;
    if (key === null || !this.waiting.has(key)) return;
    if (this.unlined.has(key)) this.unlined.set(key, PRIORITY.wanted);
    else this.queue.setPriority(key, PRIORITY.wanted);
  }
}
