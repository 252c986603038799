import { decode, type DecodedImage, decodeRoom } from './pixels/decode.ts';
import { ByteCache } from './byteCache.ts';
import { type MapReader, PassingMap, WholeMap } from './mapReader.ts';
import { cellsOf, type FeatureMap } from './poolMap.ts';
import { namingFile } from '../../core/outOfMemory.ts';
import { type PixelSource, pixelSource } from './pixels/pixelSource.ts';
import { preview, thumbnail } from './preview.ts';
import type {
  BackboneName,
  ImageFacts,
  ImageInput,
  OnStage,
  SizePlan,
  SizePolicy,
  StageTimes,
  TileProgress,
} from '../../core/model.ts';
import type { Session } from '../session/session.ts';
import { DEFAULT_MAX_PIXELS } from '../../core/size/policies/native.ts';
import { planSize } from '../../core/size/sizing.ts';
import { newTimes, timed } from './stageTimes.ts';
import { CHANNELS, wholeMap } from './tiles/tiledPath.ts';

/** All feature maps kept at hand together: at the default size, those of 500 images. */
const KEPT_BYTES = 256 * 2 ** 20;
/** A view of a tiled image keeps the whole map up to this, so that other pyramids and classes need no backbone: 25 megapixels. */
const VIEW_BYTES = 128 * 2 ** 20;

/** An image's feature map with what it was made of. */
export interface ReadImage {
  facts: ImageFacts;
  plan: SizePlan;
  reader: MapReader;
  /** Only where it was asked for, or tiles will take a while. */
  thumbnail: Blob | null;
  /** For looking at; only where it was asked for. */
  preview: Blob | null;
}

/** An image whose feature map is there as a whole. */
export interface MappedImage extends ReadImage {
  map: FeatureMap;
}

export interface MapOptions {
  policy: SizePolicy;
  backbone: BackboneName;
  /** Largest image accepted, in pixels. */
  maxPixels?: number;
  minSide?: number | undefined;
  tileBudget?: number | undefined;
  wantPreview?: boolean;
  wantThumbnail?: boolean | undefined;
  /** A view will follow: the map is kept as for one. */
  keepForView?: boolean | undefined;
  times?: StageTimes;
  signal?: AbortSignal | undefined;
  onStage?: OnStage | undefined;
  /** The image decoded already; not closed. */
  decoded?: DecodedImage;
  /** False where no one looks at what `onStage` tells of a large image before its tiles: a thumbnail is work. */
  tellSeen?: boolean;
}

/** From image files to feature maps: decode, size, backbone. The last maps of images that have a key are kept. */
export class ImageMaps {
  private readonly kept = new ByteCache<ReadImage>(KEPT_BYTES);

  constructor(private readonly session: () => Session) {
    decodeRoom.clearForHuge(() => this.kept.clear());
  }

  /**
   * The whole map of an image, whatever its size.
   * @throws AnysizeError as `decode`; `OutOfMemory`; `LabelsUnavailable` where the official backbone is asked for and not loaded
   */
  async of(image: ImageInput, options: MapOptions): Promise<MappedImage> {
    return this.reading(image, options, async (read) => ({ ...read, map: (read.reader as WholeMap).map }), 'whole');
  }

  /**
   * Reads an image's map, which above the pixel budget passes by in tiles and, unless for a view (`wantPreview`) of moderate size, is not kept.
   * The image is decoded once and stays decoded while `use` runs.
   * @throws AnysizeError as {@link ImageMaps.of}
   */
  async reading<Result>(
    image: ImageInput,
    options: MapOptions,
    use: (read: ReadImage) => Promise<Result>,
    keep: 'whole' | 'moderate' = 'moderate',
  ): Promise<Result> {
    const { times = newTimes(), wantPreview } = options;
    const key = image.key && JSON.stringify([image.key, options.policy, options.backbone, options.minSide ?? 0]);
    let decoded: DecodedImage | null = null;
    const open = async (): Promise<DecodedImage> => {
      if (options.decoded) return options.decoded;
      if (decoded) return decoded;
      options.onStage?.('decode');
      decoded = await timed(times, 'decode', () => this.decode(image, options.maxPixels, options.signal));
      return decoded;
    };
    try {
      let read = key ? this.kept.get(key) : undefined;
      const tooLittle = read?.reader instanceof PassingMap && this.keepsWhole(read.plan, keep, wantPreview);
      if (!read || tooLittle) read = await this.map(await open(), options, keep);
      if (options.wantThumbnail) read.thumbnail ??= await thumbnail((await open()).bitmap);
      if (wantPreview) read.preview ??= await preview((await open()).bitmap);
      const { plan, reader } = read;
      if (reader instanceof PassingMap) {
        read.reader = reader.reopened(async () => pixelSource((await open()).bitmap, plan));
      }
      const remember = (image: ReadImage) => {
        const { reader, thumbnail, preview } = image;
        if (key) this.kept.set(key, image, reader.bytes + (thumbnail?.size ?? 0) + (preview?.size ?? 0));
      };
      remember(read);
      const result = await use({ ...read });
      remember(read);
      return result;
    } catch (error) {
      throw namingFile(error, image.name);
    } finally {
      (decoded as DecodedImage | null)?.close();
    }
  }

  /** @throws AnysizeError as `decode` */
  decode(image: ImageInput, maxPixels = DEFAULT_MAX_PIXELS, signal?: AbortSignal): Promise<DecodedImage> {
    return decode(image, { maxPixels }, signal);
  }

  private keepsWhole({ input }: SizePlan, keep: 'whole' | 'moderate', view = false): boolean {
    const bytes = cellsOf(input.height) * cellsOf(input.width) * CHANNELS * 4;
    return keep === 'whole' || (view && bytes <= VIEW_BYTES);
  }

  private async map(decoded: DecodedImage, options: MapOptions, keep: 'whole' | 'moderate'): Promise<ReadImage> {
    const { signal, onStage, backbone, times = newTimes(), tileBudget } = options;
    onStage?.('size');
    const plan = planSize(decoded.facts, options.policy, options.minSide);
    const { input } = plan;
    const { facts, bitmap } = decoded;
    const large = input.width * input.height > Math.min(tileBudget ?? Infinity, this.session().pixelBudget);
    const small = large && onStage && options.tellSeen !== false ? await thumbnail(bitmap) : null;
    if (small) onStage?.('size', undefined, { facts, plan, thumbnail: small });
    const read = { facts, plan, thumbnail: small, preview: null };
    if (large && !this.keepsWhole(plan, keep, options.wantPreview || options.keepForView)) {
      const size = { height: cellsOf(input.height), width: cellsOf(input.width), channels: CHANNELS };
      const source = async () => pixelSource(decoded.bitmap, plan);
      return { ...read, reader: new PassingMap(this.session, backbone, size, source) };
    }
    const source = timedSource(pixelSource(decoded.bitmap, plan), times);
    signal?.throwIfAborted();
    onStage?.('backbone');
    const onTile = (tile: TileProgress) => onStage?.('backbone', tile);
    const { map, tiles } = await timed(times, 'backbone', () =>
      wholeMap(this.session(), backbone, source, { budget: tileBudget, signal, onTile }),
    );
    times.backbone -= times.size;
    return { ...read, reader: new WholeMap(this.session, map, tiles) };
  }
}

/** Pixels are read in the backbone's turns, yet they are the stage `size`. */
function timedSource(source: PixelSource, times: StageTimes): PixelSource {
  return {
    size: source.size,
    read(rect, into) {
      const started = performance.now();
      const pixels = source.read(rect, into);
      times.size += performance.now() - started;
      return pixels;
    },
  };
}
