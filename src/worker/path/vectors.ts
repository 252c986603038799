import { LRUCache } from 'lru-cache';
import { packPhoto, unpackPhoto } from '../../core/recipe/packedPhoto.ts';
import { LAST_CHANNELS, RECIPE_VERSION } from '../../core/recipe/recipe.ts';
import { GPU_DEPTH } from '../../core/tasks/gpuDepth.ts';
import type { VectorKind } from '../../core/training/features.ts';
import type { Session } from '../session/session.ts';
import type { ImagePath } from './imagePath.ts';
import type { OpenImage } from './openImage.ts';
import { averagesSizes, recipeFeatures, recipeViews } from './recipeFeatures.ts';
import type { VectorFiles } from './vectorFiles.ts';
import { type MadeVectors, type Photo, VectorHelpers } from './VectorHelpers.ts';
import type { View } from './view.ts';

/** Heads are trained on this backbone only. */
const BACKBONE = 'embedded';
const VECTOR_BYTES = 768 * 2 ** 20;

/** What trains on vectors asks of them. */
export type VectorSource = Pick<Vectors, 'ready' | 'has' | 'of' | 'likeness' | 'helpers'> &
  Partial<Pick<Vectors, 'depth'>>;

/** Vectors of photos on the embedded backbone, kept by content hash, view, backend and kind, here and on disk. */
export class Vectors {
  private readonly vectors = new LRUCache<string, Float32Array>({
    maxSize: VECTOR_BYTES,
    sizeCalculation: ({ byteLength }) => Math.max(1, byteLength),
  });
  private files: VectorFiles | null = null;
  /** Resolves when the vectors of earlier visits are known, or known to be out of reach. */
  readonly ready: Promise<void>;

  /**
   * @param files vectors of earlier visits, once they are found; without them everything works, only slower
   * @param helpers other engines that make some of them
   */
  constructor(
    private readonly session: () => Session,
    private readonly path: ImagePath,
    files: Promise<VectorFiles | null> = Promise.resolve(null),
    readonly helpers = new VectorHelpers(),
  ) {
    this.ready = files.then(
      (found) => void (this.files = found),
      () => {},
    );
  }

  /** Photos worth having on the path at once: undefined for the usual few. A GPU in software takes seconds for a photo, and others wait behind it. */
  depth(inBackground: boolean): number | undefined {
    const { name, software } = this.session().info;
    return name !== 'webgpu' || (software && inBackground) ? undefined : GPU_DEPTH;
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
  async of(photo: Photo, views: readonly View[], kind: VectorKind, signal: AbortSignal): Promise<Float32Array[]> {
    const kept = await this.kept(photo, views, kind, signal);
    return kind.kind === 'paper' ? kept.map((vector) => vector.subarray(0, -LAST_CHANNELS)) : kept;
  }

  /**
   * What photos are compared by: the recipe's first block, the whitened mean of the last map, [1280], of length 1. It is made with the view's
   * vector, from the same pass.
   * @throws AnysizeError as {@link Vectors.of}
   */
  async likeness(photo: Photo, view: View, kind: VectorKind, signal: AbortSignal): Promise<Float32Array> {
    const [kept = new Float32Array()] = await this.kept(photo, [view], kind, signal);
    // A copy: a part of it would keep all of it.
    return kind.kind === 'paper' ? kept.slice(-LAST_CHANNELS) : unpackPhoto(kept).whole.slice();
  }

  /** Vectors as they are kept: the paper's with what photos are compared by behind them. */
  private async kept(
    photo: Photo,
    views: readonly View[],
    kind: VectorKind,
    signal: AbortSignal,
  ): Promise<Float32Array[]> {
    const { name } = this.session().info;
    const vectors = new Map<View, Float32Array>();
    for (const view of views) {
      const key = this.keyOf(photo, view, kind);
      const known = this.vectors.get(key) ?? (await this.files?.get(key));
      if (known) this.vectors.set(key, known);
      if (known) vectors.set(view, known);
    }
    const missing = views.filter((view) => !vectors.has(view));
    if (missing.length > 0) {
      const keep = (view: View, vector: Float32Array) => this.keep(photo, view, kind, vector);
      const here = () => this.make(photo, missing, kind, signal, keep);
      const take = (made: Float32Array[]) => missing.forEach((view, i) => keep(view, made[i] as Float32Array));
      const made = await this.helpers.make({ photo, views: missing, kind, backend: name, here, take }, signal);
      missing.forEach((view, i) => vectors.set(view, made[i] as Float32Array));
    }
    return views.map((view) => vectors.get(view) as Float32Array);
  }

  /** As they are to be kept, for another engine: nothing is looked up or kept here. */
  async forAnother(
    { hash, image }: Photo,
    views: readonly View[],
    kind: VectorKind,
    signal: AbortSignal,
  ): Promise<MadeVectors> {
    const { key: _, ...unnamed } = image;
    const backend = this.session().info.name;
    return { backend, vectors: await this.make({ hash, image: unnamed }, views, kind, signal, null) };
  }

  /** @param keep called with each vector as soon as it is there; null where not even the maps are kept */
  private make(
    photo: Photo,
    views: readonly View[],
    kind: VectorKind,
    signal: AbortSignal,
    keep: ((view: View, vector: Float32Array) => void) | null,
  ): Promise<Float32Array[]> {
    const all = views.flatMap((view) => (kind.kind === 'anysize' ? recipeViews(view, kind.sides) : [view]));
    const ready = { views: all, thumbnail: false, preview: false };
    return this.path.open(photo.image, { ...(keep && { hash: photo.hash }), signal, ready }, async (opened) => {
      const vectors: Float32Array[] = [];
      for (const view of views) {
        const vector = await this.compute(opened, view, kind, signal);
        keep?.(view, vector);
        vectors.push(vector);
      }
      return vectors;
    });
  }

  private keep(photo: Photo, view: View, kind: VectorKind, vector: Float32Array): void {
    const key = this.keyOf(photo, view, kind);
    this.vectors.set(key, vector);
    this.files?.set(key, vector);
  }

  /** Backends agree to rounding only, and the same seed on the same backend is to give the same numbers: so the backend is part of it. */
  private keyOf({ hash, image }: Photo, view: View, kind: VectorKind): string {
    const parts = [hash, BACKBONE, this.session().info.name, view.policy, view.augmentation ?? null];
    const seen = JSON.stringify(image.decoding === 'whole' ? [...parts, 'whole'] : parts);
    if (kind.kind === 'anysize') {
      return `${seen}|recipe ${RECIPE_VERSION}${averagesSizes(view, kind.sides) ? ` at ${kind.sides.join()}` : ''}`;
    }
    const { levels, rule, pooling } = kind.pyramid;
    return `${seen}|${levels.join(',')}|${rule}|${pooling}|likeness ${RECIPE_VERSION}`;
  }

  private async compute(opened: OpenImage, view: View, kind: VectorKind, signal: AbortSignal): Promise<Float32Array> {
    const whitener = this.session().whitener();
    // Awaited when there is something to whiten; a failure before must not count as unhandled.
    whitener.catch(() => {});
    if (kind.kind === 'paper') {
      const { reader } = await opened.view(view, { backbone: BACKBONE });
      const { pooled, mean } = await reader.read(
        { pyramids: [{ options: kind.pyramid, argmax: false }], mean: true },
        { signal },
      );
      const [bins] = pooled;
      if (!bins || !mean) throw new Error('a reading lacks what was asked for');
      const none = new Float32Array();
      const { whole } = (await whitener).whiten({ whole: mean, middle: none, two: none, four: none }, ['whole']);
      const vector = new Float32Array(bins.vector.length + whole.length);
      vector.set(bins.vector);
      vector.set(whole, bins.vector.length);
      return vector;
    }
    const pooled = await recipeFeatures(opened, view, kind.sides, { tiling: { signal } });
    return packPhoto((await whitener).whiten(pooled));
  }
}
