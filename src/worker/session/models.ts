import type { BackendInfo } from '../../core/model.ts';
import type { ImageNetModel } from '../labels/imagenetModel.ts';
import type { Backbone } from '../models/backbone.ts';

/** The models as loaded on the backend that runs. */
export interface Models {
  embedded: Backbone;
  imagenet: ImageNetModel | null;
}

/** A piece of work on the models. */
export type Work<Result> = (models: Models, info: BackendInfo) => Promise<Result>;

/** Thrown to work that can be done in smaller pieces, when the backend could not do it: less is to be asked of it at once now. */
export class PieceTooLarge extends Error {}

/** How a piece of work may be cut. */
export interface Cutting {
  /** It can be cut smaller: it then gets {@link PieceTooLarge} while that may help. */
  shrinks?: boolean;
  /** So many photos are in it, which can be done one by one: then it gets {@link PieceTooLarge} at once. */
  photos?: number;
}
