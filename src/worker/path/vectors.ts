import { LRUCache } from 'lru-cache';
import type { ImageInput } from '../../core/model.ts';
import { packPhoto } from '../../core/recipe/packedPhoto.ts';
import { RECIPE_VERSION } from '../../core/recipe/recipe.ts';
import type { VectorKind } from '../../core/training/features.ts';
import type { Session } from '../session/session.ts';
import type { ImagePath } from './imagePath.ts';
import { pooledOf } from './mapReader.ts';
import type { OpenImage } from './openImage.ts';
import { averagesSizes, recipeFeatures } from './recipeFeatures.ts';
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

/** Vectors of photos on the embedded backbone, kept by content hash, view, backend and kind, here and on disk. */
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
  has(photo: Photo, views: readonly View[], kind: VectorKind): boolean {
    return views.every((view) => {
      const key = this.keyOf(photo, view, kind);
      return this.vectors.get(key) !== undefined || (this.files?.has(key) ?? false);
    });
  }

  /**
   * Vectors of one photo, one per view: raw [bins·channels], or the recipe's blocks as `packPhoto` has them.
   * @throws AnysizeError as `ImagePath.open`; `Cancelled` through `signal`
   */
  of(photo: Photo, views: readonly View[], kind: VectorKind, signal: AbortSignal): Promise<Float32Array[]> {
    return this.path.open(photo.image, { hash: photo.hash, signal }, async (opened) => {
      const vectors: Float32Array[] = [];
      for (const view of views) {
        const key = this.keyOf(photo, view, kind);
        const known = this.vectors.get(key) ?? (await this.files?.get(key));
        const vector = known ?? (await this.compute(opened, view, kind, signal));
        this.vectors.set(key, vector);
        if (!known) this.files?.set(key, vector);
        vectors.push(vector);
      }
      return vectors;
    });
  }

  /** Backends agree to rounding only, and the same seed on the same backend is to give the same numbers: so the backend is part of it. */
  private keyOf({ hash }: Photo, view: View, kind: VectorKind): string {
    const seen = JSON.stringify([hash, BACKBONE, this.session().info.name, view.policy, view.augmentation ?? null]);
    if (kind.kind === 'anysize') {
      return `${seen}|recipe ${RECIPE_VERSION}${averagesSizes(view, kind.sides) ? ` at ${kind.sides.join()}` : ''}`;
    }
    const { levels, rule, pooling } = kind.pyramid;
    return `${seen}|${levels.join(',')}|${rule}|${pooling}`;
  }

  private async compute(opened: OpenImage, view: View, kind: VectorKind, signal: AbortSignal): Promise<Float32Array> {
    if (kind.kind === 'paper') {
      const { reader } = await opened.view(view, { backbone: BACKBONE });
      return (await pooledOf(reader, { options: kind.pyramid, argmax: false }, { signal })).vector;
    }
    const whitener = this.session().whitener();
    // Awaited when there is something to whiten; a failure before must not count as unhandled.
    whitener.catch(() => {});
    const pooled = await recipeFeatures(opened, view, kind.sides, { tiling: { signal } });
    return packPhoto((await whitener).whiten(pooled));
  }
}
