import { LRUCache } from 'lru-cache';
import type { ImageInput, PyramidOptions } from '../../core/model.ts';
import type { Session } from '../session/session.ts';
import type { ImagePath } from './imagePath.ts';
import { pooledOf } from './mapReader.ts';
import type { OpenImage } from './openImage.ts';
import type { VectorFiles } from './vectorFiles.ts';
import type { View } from './view.ts';

/** Heads are trained on this backbone only. */
const BACKBONE = 'embedded';
const VECTOR_BYTES = 768 * 2 ** 20;

/** A photo as far as its vectors are concerned: same hash, same vectors. */
export interface Photo {
  hash: string;
  image: ImageInput;
}

/** Vectors of photos on the embedded backbone, kept by content hash, view, backend and pyramid, here and on disk. */
export class Vectors {
  private readonly vectors = new LRUCache<string, Float32Array>({
    maxSize: VECTOR_BYTES,
    sizeCalculation: ({ byteLength }) => Math.max(1, byteLength),
  });
  private files: VectorFiles | null = null;
  /** Resolves when the vectors of earlier visits are known, or known to be out of reach. */
  readonly ready: Promise<void>;

  /** @param files vectors of earlier visits, once they are found; without them everything works, only slower */
  constructor(
    private readonly session: () => Session,
    private readonly path: ImagePath,
    files: Promise<VectorFiles | null> = Promise.resolve(null),
  ) {
    this.ready = files.then(
      (found) => void (this.files = found),
      () => {},
    );
  }

  /** True when every view's vector is at hand. */
  has(photo: Photo, views: readonly View[], pyramid: PyramidOptions): boolean {
    return views.every((view) => {
      const key = this.keyOf(photo, view, pyramid);
      return this.vectors.get(key) !== undefined || (this.files?.has(key) ?? false);
    });
  }

  /**
   * Raw vectors [bins·channels] of one photo, one per view.
   * @throws AnysizeError as `ImagePath.open`; `Cancelled` through `signal`
   */
  of(photo: Photo, views: readonly View[], pyramid: PyramidOptions, signal: AbortSignal): Promise<Float32Array[]> {
    return this.path.open(photo.image, { hash: photo.hash, signal }, async (opened) => {
      const vectors: Float32Array[] = [];
      for (const view of views) {
        const key = this.keyOf(photo, view, pyramid);
        const known = this.vectors.get(key) ?? (await this.files?.get(key));
        const vector = known ?? (await compute(opened, view, pyramid, signal));
        this.vectors.set(key, vector);
        if (!known) this.files?.set(key, vector);
        vectors.push(vector);
      }
      return vectors;
    });
  }

  /** Backends agree to rounding only, and the same seed on the same backend is to give the same numbers: so the backend is part of it. */
  private keyOf({ hash }: Photo, view: View, { levels, rule, pooling }: PyramidOptions): string {
    const seen = [hash, BACKBONE, this.session().info.name, view.policy, view.augmentation ?? null];
    return `${JSON.stringify(seen)}|${levels.join(',')}|${rule}|${pooling}`;
  }
}

async function compute(
  opened: OpenImage,
  view: View,
  pyramid: PyramidOptions,
  signal: AbortSignal,
): Promise<Float32Array> {
  const { reader } = await opened.view(view, { backbone: BACKBONE });
  return (await pooledOf(reader, { options: pyramid, argmax: false }, { signal })).vector;
}
