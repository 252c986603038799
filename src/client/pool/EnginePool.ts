import { displayName } from '../../core/displayName.ts';
import { AnysizeError } from '../../core/errors.ts';
import { EngineGone } from './EngineGone.ts';
import { helpersWorth } from './helpersWorth.ts';

/** An engine in a worker of its own, as far as the pool is concerned. Calls that wait for it reject with {@link EngineGone} when it is gone. */
export interface PoolMember {
  /** Stops a task that is at work there; it then rejects with `Cancelled`. */
  cancel: (task: string) => void;
  /** Settles when it can never answer again. The first engine's never does: another takes its place behind the same calls. */
  gone: Promise<unknown>;
  /** Ends it, and its memory. */
  end: () => void;
}

export interface PoolParts<Member> {
  /** The engine that is always there. */
  first: Member;
  /** Starts one more engine. */
  start: () => Promise<Member>;
  /** Most engines that there may be now, the first included. */
  most: () => number;
  /** Whether a person has asked for that many: then no estimate is waited for. */
  asked: () => boolean;
  /** Milliseconds without work after which the helpers are ended. */
  idle?: number;
  /** Told when an engine came or went: how many there are. */
  tell?: (count: number) => void;
}

/** A piece of work on one photo. */
export interface Job {
  /** What {@link EnginePool.cancel} calls it. */
  task: string;
  /** The photo's name, for messages. */
  name: string;
  /** The photo, where it may come again: it goes to the engine that still has its map. */
  key?: string | undefined;
  /** Only the first engine can do it. */
  onFirst?: boolean;
}

/** Thrown by work that this engine cannot do as well as the first. */
export class OnlyFirstCan extends Error {}

interface Seat<Member> {
  member: Member;
  load: number;
  /** The pool itself has ended it: no fault of the work that was there. */
  ended: boolean;
}

interface Running<Member> {
  seat: Seat<Member> | null;
  cancelled: boolean;
}

const IDLE_MS = 30_000;
/** Engines that may die or fail to start before the rest of the visit is left to the first one. */
const MOST_LOSSES = 5;
/** Engines that may die of one photo before it is given up. */
const MOST_DEATHS = 2;
const KEPT_HOMES = 4096;

/**
 * Engines, each in its own worker, that share photos among them: a photo is one engine's work from decoding to its answer. The first engine is there
 * always; helpers are started when so much waits that it is worth it, and ended when nothing has been asked of them for a while.
 */
export class EnginePool<Member extends PoolMember> {
  private readonly first: Seat<Member>;
  private helpers: Seat<Member>[] = [];
  private readonly running = new Map<string, Running<Member>>();
  /** The engine that had each photo last. */
  private readonly homes = new Map<string, Seat<Member>>();
  private starting = false;
  private losses = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly parts: PoolParts<Member>) {
    this.first = { member: parts.first, load: 0, ended: false };
  }

  /** Engines that can take work now. */
  get count(): number {
    return 1 + Math.min(this.helpers.length, this.most - 1);
  }

  get members(): Member[] {
    return [this.first, ...this.helpers].map(({ member }) => member);
  }

  /**
   * Does a piece of work on one of the engines. When that engine dies, another does it.
   * @throws what the work throws; AnysizeError `Cancelled`; `EngineStopped` where two engines died of it
   */
  async run<Result>(job: Job, work: (member: Member) => Promise<Result>): Promise<Result> {
    const running: Running<Member> = { seat: null, cancelled: false };
    this.running.set(job.task, running);
    let { onFirst = false } = job;
    let deaths = 0;
    try {
      for (;;) {
        const seat = onFirst ? this.first : this.seatFor(job.key);
        running.seat = seat;
        seat.load++;
        try {
          return await work(seat.member);
        } catch (error) {
          if (running.cancelled) throw cancelled();
          if (error instanceof OnlyFirstCan) onFirst = true;
          else if (!(error instanceof EngineGone)) throw error;
          else {
            this.lose(seat);
            if (!seat.ended && ++deaths >= MOST_DEATHS) throw stopped(job.name);
          }
        } finally {
          seat.load--;
        }
      }
    } finally {
      this.running.delete(job.task);
      this.rest();
    }
  }

  /** Gives up a task, wherever it is. */
  cancel(task: string): void {
    const running = this.running.get(task);
    if (!running) return;
    running.cancelled = true;
    running.seat?.member.cancel(task);
  }

  /** Whether a task was cancelled; for work that has a step before the engine knows the task. */
  isCancelled(task: string): boolean {
    return this.running.get(task)?.cancelled ?? false;
  }

  /**
   * So many photos wait or are at work: one more engine is started where that is worth it.
   * @param pace photos a second, all engines together; null where it is not known
   */
  want(left: number, pace: number | null): void {
    this.rest();
    const { count } = this;
    if (this.starting || this.losses >= MOST_LOSSES || count >= this.most || this.helpers.length >= this.most - 1)
      return;
    if (helpersWorth(left, pace, count, this.parts.asked())) void this.startHelper();
  }

  /** Ends all helpers, also those at work: what they were doing is done by the first. */
  endHelpers(): void {
    for (const seat of this.helpers) this.retire(seat);
  }

  private get most(): number {
    return Math.max(1, this.parts.most());
  }

  private async startHelper(): Promise<void> {
    this.starting = true;
    try {
      const member = await this.parts.start();
      const seat = { member, load: 0, ended: false };
      this.helpers.push(seat);
      void member.gone.then(() => this.lose(seat));
      this.parts.tell?.(this.count);
    } catch {
      // The photos are done without it.
      this.losses++;
    }
    this.starting = false;
    this.rest();
  }

  /** It died. */
  private lose(seat: Seat<Member>): void {
    if (!this.helpers.includes(seat)) return;
    this.losses++;
    this.remove(seat);
  }

  private retire(seat: Seat<Member>): void {
    seat.ended = true;
    this.remove(seat);
  }

  private remove(seat: Seat<Member>): void {
    this.helpers = this.helpers.filter((other) => other !== seat);
    seat.member.end();
    this.parts.tell?.(this.count);
  }

  /** The engine with the least to do; the one that had this photo last, unless others would be done much sooner. */
  private seatFor(key: string | undefined): Seat<Member> {
    const seats = [this.first, ...this.helpers.slice(0, this.most - 1)];
    const free = seats.reduce((least, seat) => (seat.load < least.load ? seat : least));
    const home = key === undefined ? undefined : this.homes.get(key);
    const seat = home && seats.includes(home) && home.load <= free.load + 1 ? home : free;
    if (key !== undefined) {
      this.homes.delete(key);
      this.homes.set(key, seat);
      for (const oldest of this.homes.keys()) {
        if (this.homes.size <= KEPT_HOMES) break;
        this.homes.delete(oldest);
      }
    }
    return seat;
  }

  /** Ends helpers that are too many by now; all of them, when nothing is asked for a while. */
  private rest(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    for (const seat of this.helpers.slice(this.most - 1)) if (seat.load === 0) this.retire(seat);
    if (this.helpers.length === 0) return;
    this.timer = setTimeout(() => {
      if (this.helpers.every(({ load }) => load === 0)) this.endHelpers();
    }, this.parts.idle ?? IDLE_MS);
  }
}

function cancelled(): AnysizeError {
  return new AnysizeError('Cancelled', 'Cancelled.');
}

function stopped(name: string): AnysizeError {
  return new AnysizeError(
    'EngineStopped',
    `${displayName(name)} stopped the part of the page that computes, twice. Choose a smaller size, or close other tabs and programs and try again.`,
  );
}
