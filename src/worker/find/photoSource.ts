import type { LearnPhoto } from '../../core/find/learn/learnPhoto.ts';
import type { WindowSource } from '../../core/find/learn/learner.ts';
import type { WindowScore } from '../../core/find/model.ts';
import type { FinderSettings } from '../../core/find/settings.ts';
import type { Session } from '../session/session.ts';
import type { FindImage, FindPhotos } from './findPhotos.ts';
import { windowScores, windowVectors } from './windows.ts';

/** Vectors and scores of photos' windows, from their maps. */
export class PhotoSource implements WindowSource {
  /** @param images by the photos' ids */
  constructor(
    private readonly session: () => Session,
    private readonly photos: FindPhotos,
    private readonly images: ReadonlyMap<string, FindImage>,
    private readonly settings: FinderSettings,
    private readonly signal: AbortSignal,
  ) {}

  async vectors(photo: LearnPhoto, boxes: readonly number[]): Promise<Float32Array[]> {
    const wanted = boxes.flatMap((i) => (photo.boxes[i] ? [photo.boxes[i]] : []));
    return windowVectors(this.session(), await this.maps(photo), wanted, this.settings);
  }

  async scores(photo: LearnPhoto, models: readonly WindowScore[]): Promise<Float32Array[]> {
    return windowScores(this.session(), await this.maps(photo), photo.boxes, models, this.settings);
  }

  private maps({ id }: LearnPhoto) {
    const image = this.images.get(id);
    if (!image) throw new Error(`no photo ${id}`);
    return this.photos.open(image, this.signal, (opened) => opened.maps(this.settings.side));
  }
}
