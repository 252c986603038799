import { AnysizeError } from '../../core/errors.ts';
import type { BackendName, ImageInput } from '../../core/model.ts';
import { nextName } from '../../core/nextName.ts';
import type { VectorKind } from '../../core/training/features.ts';
import type { View } from './view.ts';

/** A photo as far as its vectors are concerned: same hash, same vectors. */
export interface Photo {
  hash: string;
  image: ImageInput;
}

/** Vectors that another engine has made, and on which backend. */
export interface MadeVectors {
  backend: BackendName;
  vectors: Float32Array[];
}

/** Another engine, as far as it makes vectors for this one. */
export interface VectorHelper {
  /** One vector per view; nothing is kept there. Rejects with a named error. */
  make(task: string, photo: Photo, views: readonly View[], kind: VectorKind): Promise<MadeVectors>;
  cancel(task: string): unknown;
}

/** Vectors of one photo that are to be made, wherever. */
export interface VectorWork {
  photo: Photo;
  views: readonly View[];
  kind: VectorKind;
  /** Only what was made on this backend will do. */
  backend: BackendName;
  /** Makes them in this engine. */
  here: () => Promise<Float32Array[]>;
  /** Keeps those that a helper has made. */
  take: (vectors: Float32Array[]) => void;
}

interface Helping {
  helper: VectorHelper;
  load: number;
  /** Ends the waiting for it. */
  leave: Set<() => void>;
}

/** Errors that tell of the photo: another engine would find the same. */
const ABOUT_THE_FILE = [
  'UnreadableImage',
  'ImageTooLarge',
  'UnsupportedFormat',
  'DecodeTimeout',
] as const satisfies readonly AnysizeError['name'][];

/** Engines that make vectors beside this one, each of which may be gone at any time: what it was at is then made here. */
export class VectorHelpers {
  private readonly helping = new Map<string, Helping>();
  /** Photos whose vectors are being made in this engine. */
  private here = 0;

  /** @param ask tells whoever can start helpers how many photos are left, and how many are done in a second */
  constructor(readonly ask: (left: number, pace: number | null) => void = () => {}) {}

  get count(): number {
    return this.helping.size;
  }

  add(id: string, helper: VectorHelper): void {
    this.helping.set(id, { helper, load: 0, leave: new Set() });
  }

  remove(id: string): void {
    const gone = this.helping.get(id);
    this.helping.delete(id);
    for (const leave of gone?.leave ?? []) leave();
  }

  /**
   * Has the vectors of a photo made by whoever has the least to do.
   * @throws what `here` throws; AnysizeError of the photo; what `signal` is aborted with
   */
  async make(work: VectorWork, signal: AbortSignal): Promise<Float32Array[]> {
    const least = [...this.helping.values()].reduce<Helping | null>(
      (best, one) => (one.load < (best?.load ?? this.here) ? one : best),
      null,
    );
    // A drawing is the page's, and would have to be copied.
    const made = least && !work.photo.image.bitmap ? await this.there(least, work, signal) : null;
    if (made?.backend === work.backend) {
      work.take(made.vectors);
      return made.vectors;
    }
    this.here++;
    try {
      return await work.here();
    } finally {
      this.here--;
    }
  }

  /** Null where the helper could not, for whatever reason but the photo. */
  private async there(
    helping: Helping,
    { photo, views, kind }: VectorWork,
    signal: AbortSignal,
  ): Promise<MadeVectors | null> {
    signal.throwIfAborted();
    const task = nextName('vectors');
    const cancel = () => void helping.helper.cancel(task);
    signal.addEventListener('abort', cancel, { once: true });
    let leave = () => {};
    const gone = new Promise<null>((resolve) => {
      leave = () => resolve(null);
    });
    helping.leave.add(leave);
    helping.load++;
    try {
      // Both end with this photo: nothing is kept of it.
      return await Promise.race([gone, helping.helper.make(task, photo, views, kind)]);
    } catch (error) {
      signal.throwIfAborted();
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      const known = ABOUT_THE_FILE.find((one) => one === name);
      if (known) throw new AnysizeError(known, message);
      return null;
    } finally {
      helping.load--;
      helping.leave.delete(leave);
      signal.removeEventListener('abort', cancel);
    }
  }
}
