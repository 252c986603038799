import { ByteWindows } from '../../core/find/learn/byteWindows.ts';
import type { LearnPhoto } from '../../core/find/learn/learnPhoto.ts';
import type { WindowSource } from '../../core/find/learn/learner.ts';
import type { WindowScore } from '../../core/find/model.ts';
import type { Box } from '../../core/find/boxes.ts';
import type { FinderSettings } from '../../core/find/settings.ts';
import type { FindImage, FindPhotos } from './findPhotos.ts';
import { type PlacedWindows, placeWindows } from './windows.ts';

/** Vectors and scores of photos' windows, from their maps as bytes. */
export class PhotoSource implements WindowSource {
  private constructor(
    private readonly windows: ByteWindows,
    private readonly photos: FindPhotos,
    private readonly images: ReadonlyMap<string, FindImage>,
    private readonly settings: FinderSettings,
    private readonly signal: AbortSignal,
  ) {}

  /** @param images by the photos' ids */
  static async create(
    photos: FindPhotos,
    images: ReadonlyMap<string, FindImage>,
    settings: FinderSettings,
    signal: AbortSignal,
  ): Promise<PhotoSource> {
    return new PhotoSource(await ByteWindows.create(settings), photos, images, settings, signal);
  }

  async vectors(photo: LearnPhoto, boxes: readonly number[]): Promise<Uint8Array[]> {
    const wanted = boxes.flatMap((i) => (photo.boxes[i] ? [photo.boxes[i]] : []));
    const { rows, windowOf } = await this.place(photo, wanted);
    const vectors = this.windows.vectors(rows);
    return Array.from(windowOf, (window) => vectors[window] as Uint8Array);
  }

  async scores(photo: LearnPhoto, models: readonly WindowScore[]): Promise<Float32Array[]> {
    const { rows, windowOf } = await this.place(photo, photo.boxes);
    return this.windows
      .scores(rows, models)
      .map((scores) => Float32Array.from(windowOf, (window) => scores[window] as number));
  }

  /** Makes a photo's maps those that are worked on, and boxes windows of them. */
  private async place({ id }: LearnPhoto, boxes: readonly Box[]): Promise<PlacedWindows> {
    const image = this.images.get(id);
    if (!image) throw new Error(`no photo ${id}`);
    const { maps } = this.settings;
    const found = await this.photos.open(image, this.signal, (opened) => opened.maps(this.settings.side));
    this.windows.load(maps.map((map) => found[map]));
    return placeWindows(boxes, found, maps);
  }
}
