import { nextName } from '../../core/nextName.ts';
import { bytesOf, type ReadyMaker, type ReadyPhoto, type ReadyRequest } from './ready.ts';

/** A worker that makes photos ready, as far as it is known here. */
export interface AheadWorker extends ReadyMaker {
  /** Settles when it will never answer again. */
  gone: Promise<unknown>;
  end(): void;
}

export interface AheadParts {
  start: () => AheadWorker;
  /** Most workers, each with one photo at a time. */
  most: number;
  /** While photos that are ready hold as much, none is begun. */
  mostBytes?: number;
  /** Milliseconds without work after which the workers are ended. */
  idle?: number;
}

interface Seat {
  worker: AheadWorker;
  busy: boolean;
  dead: boolean;
}

interface Job {
  request: ReadyRequest;
  signal: AbortSignal | undefined;
  resolve: (photo: ReadyPhoto | null) => void;
}

const MOST_BYTES = 64 * 2 ** 20;
const IDLE_MS = 30_000;
/** Workers that may die before photos are left to the engine. */
const MOST_LOSSES = 3;

/** A photo that may be made ready ahead. To be closed when it is off the path. */
export interface PhotoAhead {
  /** Has it made ready, if it is not yet. Null where the engine is to do it. */
  ready(): Promise<ReadyPhoto | null>;
  /** What {@link PhotoAhead.ready} gives, if anyone has asked. */
  asked(): Promise<ReadyPhoto | null>;
  close(): void;
}

/** Makes photos ready in workers of their own, in the order in which they are asked for, while the engine computes others: bounded in number and bytes. */
export class Ahead {
  private seats: Seat[] = [];
  private waiting: Job[] = [];
  private held = 0;
  private losses = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly parts: AheadParts) {}

  photo(request: ReadyRequest, signal?: AbortSignal): PhotoAhead {
    let asked: Promise<ReadyPhoto | null> | null = null;
    let closed = false;
    let bytes = 0;
    const ask = async () => {
      const photo = await this.make(request, signal);
      if (photo) bytes = bytesOf(photo);
      if (closed) release();
      return closed ? null : photo;
    };
    const release = () => {
      this.held -= bytes;
      bytes = 0;
      this.begin();
    };
    return {
      ready: () => (asked ??= ask()),
      asked: () => asked ?? Promise.resolve(null),
      close: () => {
        closed = true;
        release();
      },
    };
  }

  private make(request: ReadyRequest, signal: AbortSignal | undefined): Promise<ReadyPhoto | null> {
    if (this.losses >= MOST_LOSSES || signal?.aborted) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.waiting.push({ request, signal, resolve });
      this.begin();
    });
  }

  private begin(): void {
    while (this.waiting.length > 0 && this.held < (this.parts.mostBytes ?? MOST_BYTES)) {
      const seat = this.freeSeat();
      if (!seat) return;
      const job = this.waiting.shift();
      if (job) void this.work(seat, job);
    }
  }

  private freeSeat(): Seat | null {
    const free = this.seats.find(({ busy }) => !busy);
    if (free || this.seats.length >= this.parts.most) return free ?? null;
    const worker = this.parts.start();
    const seat: Seat = { worker, busy: false, dead: false };
    void worker.gone.then(() => this.lose(seat));
    this.seats.push(seat);
    return seat;
  }

  private async work(seat: Seat, { request, signal, resolve }: Job): Promise<void> {
    if (signal?.aborted) return resolve(null);
    seat.busy = true;
    if (this.timer !== null) clearTimeout(this.timer);
    const task = nextName('ahead');
    const cancel = () => {
      void seat.worker.cancel(task);
      resolve(null);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    // What fails fails again in the engine, which says why.
    const made = seat.worker.make(task, request).catch(() => null);
    const photo = await Promise.race([made, seat.worker.gone.then(() => null)]);
    signal?.removeEventListener('abort', cancel);
    if (photo && !signal?.aborted) this.held += bytesOf(photo);
    resolve(photo);
    seat.busy = false;
    this.begin();
    this.rest();
  }

  private lose(seat: Seat): void {
    if (!this.seats.includes(seat)) return;
    this.seats = this.seats.filter((other) => other !== seat);
    seat.worker.end();
    if (++this.losses >= MOST_LOSSES) for (const { resolve } of this.waiting.splice(0)) resolve(null);
    this.begin();
  }

  private rest(): void {
    if (this.seats.some(({ busy }) => busy)) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      for (const { worker } of this.seats.splice(0)) worker.end();
    }, this.parts.idle ?? IDLE_MS);
  }
}
