import type { ImageInput, OnStage, Size, StageTimes } from '../../core/model.ts';
import { DEFAULT_MAX_PIXELS } from '../../core/size/policies/native.ts';
import { type Reduction, reductionFor } from '../../core/size/reduction.ts';
import { decode, type DecodedImage } from './pixels/decode.ts';
import { newTimes, timed } from './stageTimes.ts';
import { type View, viewReduction } from './view.ts';

/** How a file becomes a picture. */
export interface DecodingOptions {
  /** Largest image accepted, in pixels. */
  maxPixels?: number | undefined;
  times?: StageTimes | undefined;
  signal?: AbortSignal | undefined;
  onStage?: OnStage | undefined;
}

/** A picture to look at, of which no input is made: as small as the decoder gives it. */
const FOR_LOOKING = { width: 160, height: 160 };

/** A file's picture, decoded when its pixels are first needed, once for all views that need the same of it. */
export class Picture {
  private decoding: Promise<DecodedImage> | null = null;
  /** By how much the last decoding was to make the picture smaller; null where nothing can. */
  private asked: Reduction | null = null;

  constructor(
    private readonly image: ImageInput,
    private readonly options: DecodingOptions,
  ) {}

  /**
   * The picture, decoded whole, or as small as one view needs it. A view that needs it at another size than the one before lets those pixels go.
   * @param mostPixels largest input in one piece
   * @throws AnysizeError as `decode`
   */
  decoded(view?: View, mostPixels = Infinity): Promise<DecodedImage> {
    if (!view || this.image.decoding === 'whole') return this.decodedAs(() => 1);
    return this.decodedAs((size) => viewReduction(size, view, mostPixels));
  }

  /** The picture at whatever size it is at hand; small, but fit to look at, where it is not. */
  forLooking(): Promise<DecodedImage> {
    if (this.decoding || this.image.decoding === 'whole') return this.decoding ?? this.decoded();
    return this.decodedAs((size) => reductionFor(size, { source: { x: 0, y: 0, ...size }, input: FOR_LOOKING }));
  }

  /** Lets the pixels go. */
  close(): void {
    this.decoding?.then((decoded) => decoded.close()).catch(() => {});
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
}
