import type { FeatureMap } from '../../core/featureMap.ts';
import type { ImageInput } from '../../core/model.ts';
import { namingFile } from '../../core/outOfMemory.ts';
import type { Session } from '../session/session.ts';
import { KeptViews } from './keptViews.ts';
import { OpenImage, type ViewWants, type WalkOptions } from './openImage.ts';
import type { View } from './view.ts';

/**
 * The one path: image → decoded → view (its size, perhaps augmented) → feature map, at hand or passing by in tiles → vector. Classifying, looking,
 * several sizes, training, explaining and the console all walk it, and share the maps that it keeps.
 */
export class ImagePath {
  private readonly kept: KeptViews;

  /** @param keptBytes that the maps kept at hand may take */
  constructor(
    private readonly session: () => Session,
    keptBytes?: number,
  ) {
    this.kept = new KeptViews(keptBytes);
  }

  /**
   * Opens an image: its views can be taken while `use` runs. It is decoded when its pixels are first needed, once, and closed at the end.
   * @throws AnysizeError as `decode`; `OutOfMemory`; `LabelsUnavailable` where the official backbone is asked for and not loaded; what `use` throws
   */
  async open<Result>(
    image: ImageInput,
    options: WalkOptions,
    use: (opened: OpenImage) => Promise<Result>,
  ): Promise<Result> {
    const opened = new OpenImage(this.session, this.kept, image, options);
    try {
      return await use(opened);
    } catch (error) {
      throw namingFile(error, image.name);
    } finally {
      opened.close();
    }
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
