import { CHANNELS, cellsOf } from '../../core/featureMap.ts';
import type { BackboneName, ImageInput, OnStage, Size, StageTimes, TileProgress } from '../../core/model.ts';
import { DEFAULT_MAX_PIXELS } from '../../core/size/policies/native.ts';
import { type Reduction, reductionFor } from '../../core/size/reduction.ts';
import type { Session } from '../session/session.ts';
import { KeptViews, type SizedView } from './keptViews.ts';
import { PassingMap, WholeMap } from './mapReader.ts';
import { decode, type DecodedImage } from './pixels/decode.ts';
import type { PixelSource } from './pixels/pixelSource.ts';
import { preview, previewAndThumbnail, thumbnail } from './pictures.ts';
import { newTimes, timed } from './stageTimes.ts';
import type { MapSize } from './tiles/tileSinks.ts';
import { MiddleProjectionSink, type MiddleRow } from './tiles/middleSinks.ts';
import { runTiles, type TiledOptions, wholeMap } from './tiles/tiledPath.ts';
import { sizedView, type View, viewReduction } from './view.ts';

/** A look at a tiled image keeps the whole map up to this, so that other pyramids and classes need no backbone: 25 megapixels. */
const LOOK_BYTES = 128 * 2 ** 20;
/** A larger file is known by its key alone: to be hashed it would have to be in memory as a whole. */
const MOST_HASHED_BYTES = 32 * 2 ** 20;

/** How an image walks the path. */
export interface WalkOptions {
  /** Largest image accepted, in pixels. */
  maxPixels?: number | undefined;
  /** SHA-256 of the file's bytes, hex, where it is known. */
  hash?: string | undefined;
  times?: StageTimes | undefined;
  signal?: AbortSignal | undefined;
  onStage?: OnStage | undefined;
}

/** What is wanted of one view. */
export interface ViewWants {
  backbone: BackboneName;
  /** Largest input in one piece, in pixels; the backend's own budget, which it cannot exceed, when absent. */
  tileBudget?: number | undefined;
  /**
   * Above the pixel budget the map passes by in tiles; it is put together all the same: `for looks` where it is of moderate size, `whole` at
   * any size.
   */
  keep?: 'for looks' | 'whole' | undefined;
  thumbnail?: boolean | undefined;
  /** Mean and deviation of the middle layer too, which only heads on the app's own features need; of the embedded backbone. */
  moments?: boolean;
  /** A picture to look at: now, or where the map is at hand, so that a look that follows needs no decoding. */
  preview?: 'now' | 'with the map' | undefined;
  /** False where no one looks at what `onStage` tells of a large image before its tiles: a thumbnail is work. */
  tellSeen?: boolean;
  /** Of this view; those of the whole walk when absent. */
  times?: StageTimes;
  onStage?: OnStage | undefined;
}

/** A picture to look at, of which no input is made: as small as the decoder gives it. */
const FOR_LOOKING = { width: 160, height: 160 };

/** An image while it is on the path: decoded once for all views that need the same of it. Views of images that have a key or a hash are kept. */
export class OpenImage {
  private decoding: Promise<DecodedImage> | null = null;
  /** By how much the last decoding was to make the picture smaller; null where nothing can. */
  private asked: Reduction | null = null;
  private readonly taken = new Map<string, SizedView>();

  constructor(
    private readonly session: () => Session,
    private readonly kept: KeptViews,
    private readonly image: ImageInput,
    private readonly options: WalkOptions,
  ) {}

  /**
   * The picture, decoded whole, or as small as one view needs it. A view that needs it at another size than the one before lets those pixels go.
   * @throws AnysizeError as `decode`
   */
  decoded(view?: View, tileBudget?: number): Promise<DecodedImage> {
    if (!view || this.image.decoding === 'whole') return this.decodedAs(() => 1);
    const most = Math.min(tileBudget ?? Infinity, this.session().pixelBudget);
    return this.decodedAs((size) => viewReduction(size, view, most));
  }

  /** The picture at whatever size it is at hand; small, but fit to look at, where it is not. */
  forLooking(): Promise<DecodedImage> {
    if (this.decoding || this.image.decoding === 'whole') return this.decoding ?? this.decoded();
    return this.decodedAs((size) => reductionFor(size, { source: { x: 0, y: 0, ...size }, input: FOR_LOOKING }));
  }

  private decodedAs(reduction: (size: Size) => Reduction): Promise<DecodedImage> {
    const { times = newTimes(), maxPixels = DEFAULT_MAX_PIXELS, signal, onStage } = this.options;
    const decodeNow = () => {
      onStage?.('decode');
      const ask = (size: Size) => (this.asked = reduction(size));
      return timed(times, 'decode', () => decode(this.image, { maxPixels, reduction: ask }, signal));
    };
    this.decoding = this.decoding
      ? this.decoding.then((known) => {
          // What came whole although it was not to will come whole again.
          const doubtful = this.asked !== 1 && !known.facts.reduction;
          if (doubtful || this.asked === reduction(known.facts)) return known;
          known.close();
          return decodeNow();
        })
      : decodeNow();
    return this.decoding;
  }

  /** SHA-256 of the file's bytes, hex. */
  hash(): Promise<string> {
    return this.kept.hash(this.image);
  }

  /** One view of the image; its reader works while the image is open. */
  async view(view: View, wants: ViewWants): Promise<SizedView> {
    const key = await this.keyOf(view, wants);
    const known = key === null ? undefined : this.kept.get(key);
    const suffices =
      known &&
      (known.reader.map !== null || !keepsWhole(known.reader.size, wants.keep)) &&
      (known.reader.hasMoments || !wants.moments);
    const sized = suffices ? known : await this.compute(view, wants);
    if (key !== null && !suffices) this.kept.keep(key, sized);
    if (key !== null) this.taken.set(key, sized);
    const previewToo = !sized.preview && (wants.preview === 'now' || (wants.preview && sized.reader.map));
    if (previewToo && wants.thumbnail && !sized.thumbnail) {
      Object.assign(sized, await previewAndThumbnail((await this.forLooking()).bitmap));
    } else {
      if (wants.thumbnail) sized.thumbnail ??= await thumbnail((await this.forLooking()).bitmap);
      if (previewToo) sized.preview = await preview((await this.forLooking()).bitmap);
    }
    const { reader } = sized;
    if (!(suffices && reader instanceof PassingMap)) return { ...sized };
    return {
      ...sized,
      reader: reader.reopened(async () => sizedView(await this.decoded(view, wants.tileBudget), view).source),
    };
  }

  /** What each row gives of the middle layer of a view on the embedded backbone, in the cells of its map: one more pass. */
  async projectMiddle(view: View, rows: readonly MiddleRow[], options?: TiledOptions): Promise<Float32Array[]> {
    const { source } = sizedView(await this.decoded(view, options?.budget), view);
    const begin = (size: MapSize) => {
      const sink = new MiddleProjectionSink(size, rows);
      return { sinks: [sink], finish: async () => sink.maps };
    };
    return (await runTiles(this.session(), 'embedded', source, begin, options)).result;
  }

  /** Lets the pixels go, and counts what the views have come to hold. */
  close(): void {
    for (const [key, view] of this.taken) if (this.kept.holds(key, view)) this.kept.keep(key, view);
    this.decoding?.then((decoded) => decoded.close()).catch(() => {});
  }

  /** Null where nothing is to be kept: the image has no name, or augmented views, which are many and rarely read twice. */
  private async keyOf(view: View, { backbone, tileBudget }: ViewWants): Promise<string | null> {
    const name = view.augmentation ? null : await this.name(() => this.decoded(view, tileBudget));
    return name && KeptViews.key(name, view, backbone, this.session().info.name, this.image.decoding);
  }

  /** @param decode begins to decode */
  private async name(decode: () => Promise<unknown>): Promise<string | null> {
    const { image, kept } = this;
    const { hash } = this.options;
    if (hash) kept.learn(image, hash);
    const known = hash ?? kept.hashOf(image);
    if (known || !image.key) return known ?? null;
    if (image.blob.size > MOST_HASHED_BYTES) return image.key;
    // Whatever is not known yet will be decoded: meanwhile. Bytes that cannot be read are what decoding tells of.
    const [name] = await Promise.all([this.hash().catch(() => image.key ?? null), decode()]);
    return name;
  }

  private async compute(view: View, wants: ViewWants): Promise<SizedView> {
    const { signal } = this.options;
    const { backbone, tileBudget, moments: middle = false, onStage = this.options.onStage } = wants;
    const { times = this.options.times ?? newTimes() } = wants;
    const decoded = await this.decoded(view, tileBudget);
    onStage?.('size');
    const { plan, source } = sizedView(decoded, view);
    const { facts, bitmap } = decoded;
    const { width, height } = source.size;
    const large = width * height > Math.min(tileBudget ?? Infinity, this.session().pixelBudget);
    const seen = large && onStage && wants.tellSeen !== false ? await thumbnail(bitmap) : null;
    if (seen) onStage?.('size', undefined, { facts, plan, thumbnail: seen });
    const sized = { facts, plan, thumbnail: seen, preview: null };
    const size = { height: cellsOf(height), width: cellsOf(width), channels: CHANNELS };
    if (large && !keepsWhole(size, wants.keep)) {
      // Another view may have let these pixels go by the time they are read.
      const again = async () => sizedView(await this.decoded(view, tileBudget), view).source;
      return { ...sized, reader: new PassingMap(this.session, backbone, size, again, middle) };
    }
    signal?.throwIfAborted();
    onStage?.('backbone');
    const onTile = (tile: TileProgress) => onStage?.('backbone', tile);
    const { map, moments, tiles } = await timed(times, 'backbone', () =>
      wholeMap(this.session(), backbone, timedSource(source, times), { budget: tileBudget, signal, onTile, middle }),
    );
    times.backbone -= times.size;
    return { ...sized, reader: new WholeMap(this.session, map, moments, tiles) };
  }
}

function keepsWhole({ height, width, channels }: MapSize, keep: ViewWants['keep']): boolean {
  return keep === 'whole' || (keep === 'for looks' && height * width * channels * 4 <= LOOK_BYTES);
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
    release: (pixels) => source.release(pixels),
  };
}
