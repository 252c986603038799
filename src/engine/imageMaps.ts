import { decode, type DecodedImage } from './decode.ts';
import { AnysizeError } from './errors.ts';
import { DECODE_TIMEOUT_MS } from './limits.ts';
import { Lru } from './lru.ts';
import { featureMap, type FeatureMap } from './onePath.ts';
import { preview, thumbnail } from './preview.ts';
import type { BackboneName, ImageFacts, ImageInput, SizePlan, SizePolicy, Stage, StageTimes } from './protocol.ts';
import { resample } from './resample.ts';
import type { Session } from './session.ts';
import { DEFAULT_MAX_PIXELS, planSize } from './sizing.ts';
import { newTimes, timed } from './stageTimes.ts';

const KEPT_MAPS = 16;

/** A feature map with what it was made of. */
export interface MappedImage {
  facts: ImageFacts;
  plan: SizePlan;
  map: FeatureMap;
  thumbnail: Blob;
  /** For looking at; only where it was asked for. */
  preview: Blob | null;
}

export interface MapOptions {
  policy: SizePolicy;
  backbone: BackboneName;
  /** Largest image accepted, in pixels. */
  maxPixels?: number;
  wantPreview?: boolean;
  times?: StageTimes;
  signal?: AbortSignal | undefined;
  onStage?: ((stage: Stage) => void) | undefined;
}

/** From image files to feature maps: decode, size, backbone. The last few maps of images that have a key are kept. */
export class ImageMaps {
  private readonly kept = new Lru<MappedImage>(KEPT_MAPS);

  constructor(private readonly session: () => Session) {}

  /** @throws AnysizeError as `decode`; `LabelsUnavailable` where the official backbone is asked for and not loaded */
  async of(image: ImageInput, options: MapOptions): Promise<MappedImage> {
    const { maxPixels = DEFAULT_MAX_PIXELS, times = newTimes(), signal, wantPreview } = options;
    const key = image.key ? JSON.stringify([image.key, options.policy, options.backbone]) : null;
    const kept = key ? this.kept.get(key) : undefined;
    if (kept && (kept.preview || !wantPreview)) return kept;
    options.onStage?.('decode');
    const decoded = await timed(times, 'decode', () =>
      decode(image, { maxPixels, timeoutMs: DECODE_TIMEOUT_MS }, signal),
    );
    try {
      if (kept) {
        kept.preview = await preview(decoded.bitmap);
        return kept;
      }
      const mapped = await this.map(decoded, options, times);
      if (key) this.kept.set(key, mapped);
      return mapped;
    } finally {
      decoded.close();
    }
  }

  private async map(decoded: DecodedImage, options: MapOptions, times: StageTimes): Promise<MappedImage> {
    const { signal, onStage } = options;
    onStage?.('size');
    const plan = planSize(decoded.facts, options.policy);
    const pixels = await timed(times, 'size', async () => resample(decoded.bitmap, plan));
    const looks = {
      thumbnail: await thumbnail(decoded.bitmap),
      preview: options.wantPreview ? await preview(decoded.bitmap) : null,
    };
    signal?.throwIfAborted();
    onStage?.('backbone');
    const map = await this.session().compute((models) => {
      signal?.throwIfAborted();
      return timed(times, 'backbone', () => {
        const backbone = options.backbone === 'imagenet' ? models.imagenet?.backbone : models.embedded;
        if (!backbone) throw new AnysizeError('LabelsUnavailable', 'The ImageNet model is not loaded.');
        return featureMap(backbone, pixels, plan.input);
      });
    });
    return { facts: decoded.facts, plan, map, ...looks };
  }
}
