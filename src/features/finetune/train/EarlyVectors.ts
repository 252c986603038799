import { nextName } from '../../../core/nextName.ts';
import type { TrainingProgress, TrainingRequest } from '../../../core/training/model.ts';

/** What a training of now would learn from. */
export interface Wanted {
  /** How photos become vectors: another text, other vectors. */
  options: string;
  photos: ReadonlySet<string>;
}

/** How far the vectors are that a training would need. */
export interface EarlyProgress {
  done: number;
  /** Photos that there are to learn from. */
  total: number;
  secondsLeft: number | null;
}

export interface EarlyVectorsParts {
  /** Null while nothing is to be made: a training goes on, or another tab has the project. */
  wanted: () => Wanted | null;
  request: () => Promise<TrainingRequest>;
  prepare: (
    task: string,
    request: TrainingRequest,
    onProgress: (progress: TrainingProgress) => void,
  ) => Promise<unknown>;
  cancel: (task: string) => void;
  tell: (progress: EarlyProgress | null) => void;
  /** Milliseconds after the last change until it is looked at. */
  delay?: number;
}

interface Pass extends Wanted {
  task: string;
  given: boolean;
}

/**
 * Has the vectors made that a training would need, before anyone asks for one: while photos are read, and again when an option changes them.
 * What a pass has made is kept by the engine, so a pass that is cancelled or begun again wastes nothing.
 */
export class EarlyVectors {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private pass: Pass | null = null;
  /** What needs no pass any more: it is made, or cannot be. */
  private over: Wanted | null = null;

  constructor(private readonly parts: EarlyVectorsParts) {}

  /** Something may have changed. */
  look(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.act();
    }, this.parts.delay ?? 200);
  }

  /** Stops at once: the engine is wanted. */
  stop(): void {
    if (!this.pass || this.pass.given) return;
    this.pass.given = true;
    this.parts.cancel(this.pass.task);
  }

  private act(): void {
    const wanted = this.parts.wanted();
    const { pass, over } = this;
    if (over && wanted && !same(over, wanted)) this.over = null;
    if (pass) {
      // Photos that came meanwhile are the next pass's; those that went, or other options, make this one pointless.
      const useful = wanted && pass.options === wanted.options && isSubset(pass.photos, wanted.photos);
      if (!useful) this.stop();
    } else if (!wanted || wanted.photos.size === 0) this.parts.tell(null);
    else if (!this.over) void this.run(wanted);
  }

  private async run(wanted: Wanted): Promise<void> {
    const pass: Pass = { ...wanted, task: nextName('early'), given: false };
    this.pass = pass;
    try {
      const request = await this.parts.request();
      if (!pass.given) await this.parts.prepare(pass.task, request, (progress) => this.told(pass, progress));
      if (!pass.given) this.over = wanted;
    } catch {
      // Training says what is wrong, at the place where it is asked for.
      if (!pass.given) this.over = wanted;
      this.parts.tell(null);
    }
    this.pass = null;
    this.act();
  }

  private told(pass: Pass, progress: TrainingProgress): void {
    if (progress.phase !== 'vectors' || pass.given) return;
    const { done, total, secondsLeft } = progress;
    const photos = Math.max(total, this.parts.wanted()?.photos.size ?? 0);
    const each = secondsLeft !== null && done < total ? secondsLeft / (total - done) : null;
    this.parts.tell({ done, total: photos, secondsLeft: each === null ? secondsLeft : each * (photos - done) });
  }
}

function isSubset(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].every((id) => b.has(id));
}

function same(a: Wanted, b: Wanted): boolean {
  return a.options === b.options && a.photos.size === b.photos.size && isSubset(a.photos, b.photos);
}
