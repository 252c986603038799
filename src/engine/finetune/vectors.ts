import { decode, DECODE_TIMEOUT_MS, type DecodedImage } from '../decode.ts';
import { type FeatureMap, pool } from '../onePath.ts';
import { heldPixels } from '../pixelSource.ts';
import type { ImageInput, PyramidOptions, SizePolicy } from '../protocol.ts';
import { resample } from '../resample.ts';
import type { Session } from '../session.ts';
import { DEFAULT_MAX_PIXELS, planSize } from '../sizing.ts';
import { wholeMap } from '../tiledPath.ts';
import { augment } from '../train/augment.ts';
import { ByteCache } from './byteCache.ts';
import type { AugmentOptions } from './protocol.ts';
import type { VectorFiles } from './vectorFiles.ts';

/** Heads are trained on this backbone only. */
const BACKBONE = 'embedded';
const VECTOR_BYTES = 768 * 2 ** 20;
const MAP_BYTES = 256 * 2 ** 20;

/** One way of looking at a photo: at which size, and as which augmented view (null: as it is). */
export interface View {
  policy: SizePolicy;
  augmentation: { options: AugmentOptions; seed: number } | null;
}

/** A photo as far as its vectors are concerned: same hash, same vectors. */
export interface Photo {
  hash: string;
  image: ImageInput;
}

/**
 * Vectors of photos on the embedded backbone, kept by content hash, view, backend and pyramid; feature maps are kept too, as many
 * as fit, so that another pyramid on the same photos needs no backbone.
 */
export class Vectors {
  private readonly vectors = new ByteCache<Float32Array>(VECTOR_BYTES);
  private readonly maps = new ByteCache<FeatureMap>(MAP_BYTES);

  private files: VectorFiles | null = null;
  /** Resolves when the vectors of earlier visits are known, or known to be out of reach. */
  readonly ready: Promise<void>;

  /** @param files vectors of earlier visits, once they are found; without them everything works, only slower */
  constructor(
    private readonly session: () => Session,
    files: Promise<VectorFiles | null> = Promise.resolve(null),
  ) {
    this.ready = files.then(
      (found) => void (this.files = found),
      () => {},
    );
  }

  get bytes(): number {
    return this.vectors.bytes + this.maps.bytes;
  }

  /** True when every view's vector is at hand. */
  has(photo: Photo, views: readonly View[], pyramid: PyramidOptions): boolean {
    return views.every((view) => {
      const key = this.vectorKey(photo, view, pyramid);
      return this.vectors.get(key) !== undefined || (this.files?.has(key) ?? false);
    });
  }

  /**
   * Raw vectors [bins·channels] of one photo, one per view.
   * @throws AnysizeError as `decode`; `Cancelled` through `signal`
   */
  async of(
    photo: Photo,
    views: readonly View[],
    pyramid: PyramidOptions,
    signal: AbortSignal,
  ): Promise<Float32Array[]> {
    let decoded: DecodedImage | null = null;
    try {
      const vectors: Float32Array[] = [];
      for (const view of views) {
        const key = this.vectorKey(photo, view, pyramid);
        let vector = this.vectors.get(key);
        if (!vector) {
          vector = (await this.files?.get(key)) ?? undefined;
          if (vector) this.vectors.set(key, vector, vector.byteLength);
        }
        if (!vector) {
          const kept = this.maps.get(this.mapKey(photo, view));
          if (!kept) decoded ??= await this.decode(photo, signal);
          const map = kept ?? (await this.map(photo, view, decoded as DecodedImage, signal));
          vector = (await this.session().compute(() => pool(map, pyramid, false))).vector;
          this.vectors.set(key, vector, vector.byteLength);
          this.files?.set(key, vector);
        }
        vectors.push(vector);
      }
      return vectors;
    } finally {
      decoded?.close();
    }
  }

  /** Backends agree to rounding only, and the same seed on the same backend is to give the same numbers: so the backend is part of it. */
  private mapKey(photo: Photo, view: View): string {
    return JSON.stringify([photo.hash, BACKBONE, this.session().info.name, view.policy, view.augmentation]);
  }

  private vectorKey(photo: Photo, view: View, pyramid: PyramidOptions): string {
    return `${this.mapKey(photo, view)}|${pyramid.levels.join(',')}|${pyramid.rule}|${pyramid.pooling}`;
  }

  private decode(photo: Photo, signal: AbortSignal): Promise<DecodedImage> {
    return decode(photo.image, { maxPixels: DEFAULT_MAX_PIXELS, timeoutMs: DECODE_TIMEOUT_MS }, signal);
  }

  private async map(photo: Photo, view: View, decoded: DecodedImage, signal: AbortSignal): Promise<FeatureMap> {
    const input = viewPixels(decoded, view);
    signal.throwIfAborted();
    const { map } = await wholeMap(this.session(), BACKBONE, heldPixels(input.data, input), { signal });
    // Augmented views are many and, unlike plain ones, rarely pooled twice.
    if (!view.augmentation) this.maps.set(this.mapKey(photo, view), map, map.data.byteLength);
    return map;
  }
}

/** Pixels of one view of a decoded photo, RGB in 0…1. */
export function viewPixels(decoded: DecodedImage, view: View): { data: Float32Array; width: number; height: number } {
  const plan = planSize(decoded.facts, view.policy);
  const image = { data: resample(decoded.bitmap, plan), width: plan.input.width, height: plan.input.height };
  return view.augmentation ? augment(image, view.augmentation.options, view.augmentation.seed) : image;
}
