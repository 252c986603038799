import type { ImageFacts, ImageInput, SizePlan } from '../../core/model.ts';
import type { View } from '../path/view.ts';

/** What is to be made ready of a photo before the backbone's turn comes. */
export interface ReadyRequest {
  image: ImageInput;
  /** Largest image accepted, in pixels; the usual when absent. */
  maxPixels?: number | undefined;
  /** The views that will be asked for, in this order. */
  views: readonly View[];
  /** Largest input in one piece, in pixels. */
  mostPixels: number;
  thumbnail: boolean;
  preview: boolean;
}

/** A view's input of the backbone, [height, width, 3] in 0…1. */
export interface ReadyView {
  key: string;
  facts: ImageFacts;
  plan: SizePlan;
  pixels: Float32Array;
  /** That sizing took. */
  milliseconds: number;
}

/** A photo's inputs and pictures: the same to the bit as the engine would have made. */
export interface ReadyPhoto {
  views: ReadyView[];
  thumbnail: Blob | null;
  preview: Blob | null;
  /** Milliseconds that decoding took. */
  decode: number;
}

/** A worker that makes photos ready. Where it answers null, or rejects for whatever reason, the engine is to do it itself, and to tell why it cannot. */
export interface ReadyMaker {
  make(task: string, request: ReadyRequest): Promise<ReadyPhoto | null>;
  cancel(task: string): unknown;
}

/** Names a view of a photo. */
export function viewKey({ policy, minSide = 0, augmentation = null }: View): string {
  return JSON.stringify([policy, minSide, augmentation]);
}

/** Bytes that it holds until its views are computed. */
export function bytesOf({ views }: ReadyPhoto): number {
  return views.reduce((sum, { pixels }) => sum + pixels.byteLength, 0);
}
