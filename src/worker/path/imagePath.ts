import type { Ahead, PhotoAhead } from '../ahead/Ahead.ts';
import type { ReadyRequest } from '../ahead/ready.ts';
import type { FeatureMap } from '../../core/featureMap.ts';
import type { ImageInput } from '../../core/model.ts';
import { namingFile } from '../../core/outOfMemory.ts';
import type { Session } from '../session/session.ts';
import { KeptViews } from './keptViews.ts';
import { OpenImage, type ViewWants, type WalkOptions } from './openImage.ts';
import type { View } from './view.ts';

/** What will be asked of an image that is one of many. */
export interface ReadyWants extends Pick<ReadyRequest, 'views' | 'thumbnail' | 'preview'> {
  tileBudget?: number | undefined;
}

/** Photos on the path at a time that are decoded here. */
const HERE = 2;

/**
 * The one path: image → decoded → view (its size, perhaps augmented) → feature map, at hand or passing by in tiles → vector. Classifying, looking,
 * several sizes, training, explaining and the console all walk it, and share the maps that it keeps.
 */
export class ImagePath {
  private readonly kept: KeptViews;
  private opened = 0;
  private nth = 0;

  /**
   * @param keptBytes that the maps kept at hand may take
   * @param ahead other workers that make photos ready
   */
  constructor(
    private readonly session: () => Session,
    keptBytes?: number,
    private readonly ahead: Ahead | null = null,
  ) {
    this.kept = new KeptViews(keptBytes);
  }

  /**
   * Opens an image: its views can be taken while `use` runs. It is decoded when its pixels are first needed, once, and closed at the end.
   * @throws AnysizeError as `decode`; `OutOfMemory`; `LabelsUnavailable` where the official backbone is asked for and not loaded; what `use` throws
   */
  async open<Result>(
    image: ImageInput,
    { ready, ...options }: Omit<WalkOptions, 'ahead' | 'order'> & { ready?: ReadyWants | undefined },
    use: (opened: OpenImage) => Promise<Result>,
  ): Promise<Result> {
    const ahead = ready && this.aheadOf(image, ready, options);
    const opened = new OpenImage(this.session, this.kept, image, { ...options, ahead, order: this.nth++ });
    this.opened++;
    try {
      return await use(opened);
    } catch (error) {
      throw namingFile(error, image.name);
    } finally {
      this.opened--;
      opened.close();
    }
  }

  /** A GPU computes while other workers decode; where the processor computes, they would only take turns. One or two photos wait for no worker. */
  private aheadOf(image: ImageInput, wants: ReadyWants, options: WalkOptions): PhotoAhead | undefined {
    const { info, pixelBudget } = this.session();
    if (!this.ahead || info.name !== 'webgpu' || image.bitmap || this.opened < HERE) return undefined;
    const { tileBudget = Infinity, ...rest } = wants;
    const { maxPixels, signal } = options;
    return this.ahead.photo({ image, maxPixels, mostPixels: Math.min(tileBudget, pixelBudget), ...rest }, signal);
  }

  /**
   * The whole feature map of one view of an image, whatever its size.
   * @throws AnysizeError as {@link ImagePath.open}
   */
  whole(image: ImageInput, view: View, wants: ViewWants): Promise<FeatureMap> {
    return this.open(image, {}, async (opened) => {
      const { reader } = await opened.view(view, { ...wants, keep: 'whole' });
      if (!reader.map) throw new Error('a map that was to be kept passed by');
      return reader.map;
    });
  }
}
