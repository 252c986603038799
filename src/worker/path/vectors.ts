import { decode, type DecodedImage, decodeRoom } from './pixels/decode.ts';
import { type FeatureMap, pool } from './poolMap.ts';
import { namingFile } from '../../core/outOfMemory.ts';
import { heldPixels, type PixelSource, pixelSource } from './pixels/pixelSource.ts';
import type { ImageFacts, ImageInput, PyramidOptions, SizePlan, SizePolicy } from '../../core/model.ts';
import { resample } from './pixels/resample.ts';
import type { Session } from '../session/session.ts';
import { scaledIntoBudget } from '../../core/size/scaling.ts';
import { planSize } from '../../core/size/sizing.ts';
import { runTiles, wholeMap } from './tiles/tiledPath.ts';
import { VectorSink } from './tiles/tileSinks.ts';
import { augment } from '../../core/augmentation/augment.ts';
import { ByteCache } from './byteCache.ts';
import type { AugmentOptions } from '../../core/training/model.ts';
import type { VectorFiles } from './vectorFiles.ts';

/** Heads are trained on this backbone only. */
const BACKBONE = 'embedded';
const VECTOR_BYTES = 768 * 2 ** 20;
const MAP_BYTES = 256 * 2 ** 20;
/** Augmentation holds several copies of its picture as floats: of 4 megapixels, 200 MB in all. */
const MOST_HELD_PIXELS = 2 ** 22;

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
    decodeRoom.clearForHuge(() => this.maps.clear());
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
   * @throws AnysizeError as `decode`; `OutOfMemory`; `Cancelled` through `signal`
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
          const open = async () => (decoded ??= await decode(photo.image, {}, signal));
          vector = await this.compute(photo, view, pyramid, open, signal);
          this.vectors.set(key, vector, vector.byteLength);
          this.files?.set(key, vector);
        }
        vectors.push(vector);
      }
      return vectors;
    } catch (error) {
      throw namingFile(error, photo.image.name);
    } finally {
      (decoded as DecodedImage | null)?.close();
    }
  }

  /** Backends agree to rounding only, and the same seed on the same backend is to give the same numbers: so the backend is part of it. */
  private mapKey(photo: Photo, view: View): string {
    return JSON.stringify([photo.hash, BACKBONE, this.session().info.name, view.policy, view.augmentation]);
  }

  private vectorKey(photo: Photo, view: View, pyramid: PyramidOptions): string {
    return `${this.mapKey(photo, view)}|${pyramid.levels.join(',')}|${pyramid.rule}|${pyramid.pooling}`;
  }

  private async compute(
    photo: Photo,
    view: View,
    pyramid: PyramidOptions,
    open: () => Promise<DecodedImage>,
    signal: AbortSignal,
  ): Promise<Float32Array> {
    const session = this.session();
    let map = this.maps.get(this.mapKey(photo, view));
    if (!map) {
      const source = viewSource(await open(), view);
      signal.throwIfAborted();
      if (source.size.width * source.size.height > session.pixelBudget) {
        return pooledInTiles(session, source, pyramid, signal);
      }
      ({ map } = await wholeMap(session, BACKBONE, source, { signal }));
      // Augmented views are many and, unlike plain ones, rarely pooled twice.
      if (!view.augmentation) this.maps.set(this.mapKey(photo, view), map, map.data.byteLength);
    }
    const whole = map;
    return (await session.compute(() => pool(whole, pyramid, false))).vector;
  }
}

/** The vector of an input whose map is too large to exist. */
async function pooledInTiles(
  session: Session,
  source: PixelSource,
  pyramid: PyramidOptions,
  signal: AbortSignal,
): Promise<Float32Array> {
  const { result } = await runTiles(
    session,
    BACKBONE,
    source,
    (size) => [new VectorSink(size, pyramid)],
    ([sink]) => sink!.result(),
    { signal },
  );
  return result.vector;
}

/** The model's input for one view of a decoded photo; a plain view, which may be of any size, is read from the photo piece by piece. */
function viewSource(decoded: DecodedImage, view: View): PixelSource {
  if (!view.augmentation) return pixelSource(decoded.bitmap, planSize(decoded.facts, view.policy));
  const { data, ...size } = viewPixels(decoded, view);
  return heldPixels(data, size);
}

/** A plan whose input can be held in memory: aspect kept, at most {@link MOST_HELD_PIXELS}. */
function heldPlan(facts: ImageFacts, policy: SizePolicy): SizePlan {
  const plan = planSize(facts, policy);
  const { width, height } = plan.input;
  return width * height <= MOST_HELD_PIXELS ? plan : { ...plan, input: scaledIntoBudget(plan.input, MOST_HELD_PIXELS) };
}

/** Pixels of one view of a decoded photo to be looked at or augmented, RGB in 0…1: at most 4 megapixels, whatever the policy. */
export function viewPixels(decoded: DecodedImage, view: View): { data: Float32Array; width: number; height: number } {
  const plan = heldPlan(decoded.facts, view.policy);
  const image = { data: resample(decoded.bitmap, plan), width: plan.input.width, height: plan.input.height };
  return view.augmentation ? augment(image, view.augmentation.options, view.augmentation.seed) : image;
}
