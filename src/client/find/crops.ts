import { LRUCache } from 'lru-cache';
import type { Box } from '../../core/find/boxes.ts';
import { inTurn } from '../../core/tasks/inTurn.ts';
import { fileOf } from '../files.ts';

/** Longer side of a crop, pixels. */
const SIDE = 160;
/** A crop shows this share of the box's longer side around it. */
const AROUND = 0.25;

/** A piece of a photo, and where the box lies in it as shares 0…1. */
export interface Crop {
  url: string;
  width: number;
  height: number;
  box: { left: number; top: number; width: number; height: number };
}

const kept = new LRUCache<string, Crop>({ max: 500, dispose: ({ url }) => URL.revokeObjectURL(url) });
const oneByOne = inTurn();
/** The photo that was opened last: crops of one photo come together. */
let open: { photoId: string; bitmap: ImageBitmap } | null = null;

/** The crop of a box that is at hand. */
export function cropAtHand(photoId: string, box: Box): Crop | null {
  return kept.get(`${photoId} ${box.join()}`) ?? null;
}

/** Cuts the box out of its photo with some of what is around it; one photo at a time is decoded. Null where it cannot be. */
export async function cropOf(photoId: string, box: Box, signal: AbortSignal): Promise<Crop | null> {
  return oneByOne(async () => {
    const before = cropAtHand(photoId, box);
    if (before || signal.aborted) return before;
    const bitmap = await openPhoto(photoId);
    if (!bitmap) return null;
    const crop = await cut(bitmap, box);
    if (crop) kept.set(`${photoId} ${box.join()}`, crop);
    return crop;
  });
}

async function openPhoto(photoId: string): Promise<ImageBitmap | null> {
  if (open?.photoId === photoId) return open.bitmap;
  open?.bitmap.close();
  open = null;
  const file = fileOf(photoId);
  const bitmap = file && (await createImageBitmap(file).catch(() => null));
  if (!bitmap) return null;
  open = { photoId, bitmap };
  return bitmap;
}

async function cut(bitmap: ImageBitmap, box: Box): Promise<Crop | null> {
  const air = AROUND * Math.max(box[2] - box[0], box[3] - box[1]);
  const left = Math.max(0, Math.floor(box[0] - air));
  const top = Math.max(0, Math.floor(box[1] - air));
  const width = Math.min(bitmap.width, Math.ceil(box[2] + air)) - left;
  const height = Math.min(bitmap.height, Math.ceil(box[3] + air)) - top;
  if (width < 1 || height < 1) return null;
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext('2d')?.drawImage(bitmap, left, top, width, height, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85));
  if (!blob) return null;
  return {
    url: URL.createObjectURL(blob),
    width: canvas.width,
    height: canvas.height,
    box: {
      left: (box[0] - left) / width,
      top: (box[1] - top) / height,
      width: (box[2] - box[0]) / width,
      height: (box[3] - box[1]) / height,
    },
  };
}
