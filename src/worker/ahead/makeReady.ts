import { readHeader } from '../../core/image-header/header.ts';
import { planSize } from '../../core/size/sizing.ts';
import { Picture } from '../path/Picture.ts';
import { preview, previewAndThumbnail, thumbnail } from '../path/pictures.ts';
import { canReduce } from '../path/pixels/decodeReduced.ts';
import { newTimes } from '../path/stageTimes.ts';
import { sizedView } from '../path/view.ts';
import { type ReadyPhoto, type ReadyRequest, type ReadyView, viewKey } from './ready.ts';

/** Of all views of a photo together: 25 MB of floats. What is larger, and what comes in tiles, the engine reads piece by piece. */
const MOST_VIEW_PIXELS = 2 ** 21;
/** Larger pictures are decoded in the engine, one at a time. */
const MOST_PICTURE_PIXELS = 2.5e7;
/** The same for files that are decoded smaller than they are. */
const MOST_REDUCED_PIXELS = 1e8;

/**
 * Decodes a photo and makes what the backbone will be given.
 * @returns null for what is better done in the engine
 * @throws AnysizeError as `decode`
 */
export async function makeReady(request: ReadyRequest, signal: AbortSignal): Promise<ReadyPhoto | null> {
  const { image, maxPixels, views, mostPixels } = request;
  if (!(await isModest(request))) return null;
  const times = newTimes();
  const picture = new Picture(image, { maxPixels, signal, times });
  try {
    const ready: ReadyView[] = [];
    let pictures: Pick<ReadyPhoto, 'thumbnail' | 'preview'> = { thumbnail: null, preview: null };
    for (const view of views) {
      const decoded = await picture.decoded(view, mostPixels);
      signal.throwIfAborted();
      const started = performance.now();
      const { plan, source } = sizedView(decoded, view);
      const pixels = source.read({ x: 0, y: 0, ...source.size });
      const { facts, bitmap } = decoded;
      ready.push({ key: viewKey(view), facts, plan, pixels, milliseconds: performance.now() - started });
      // Of the first view's picture, as the engine does.
      if (ready.length === 1) pictures = await picturesOf(bitmap, request);
    }
    return { views: ready, ...pictures, decode: times.decode };
  } finally {
    picture.close();
  }
}

async function isModest({ image, views, mostPixels }: ReadyRequest): Promise<boolean> {
  if (image.bitmap) return false;
  const header = await readHeader(image.blob, image.name);
  const { orientation } = header;
  const size = orientation >= 5 ? { width: header.height, height: header.width } : header;
  const reduced = image.decoding !== 'whole' && canReduce(header, image.blob.size);
  if (size.width * size.height > (reduced ? MOST_REDUCED_PIXELS : MOST_PICTURE_PIXELS)) return false;
  const pixels = views.map(({ policy, minSide }) => {
    const { width, height } = planSize(size, policy, minSide).input;
    return width * height;
  });
  return Math.max(...pixels) <= mostPixels && pixels.reduce((sum, one) => sum + one, 0) <= MOST_VIEW_PIXELS;
}

async function picturesOf(
  bitmap: ImageBitmap,
  wanted: Pick<ReadyRequest, 'thumbnail' | 'preview'>,
): Promise<Pick<ReadyPhoto, 'thumbnail' | 'preview'>> {
  if (wanted.thumbnail && wanted.preview) return previewAndThumbnail(bitmap);
  return {
    thumbnail: wanted.thumbnail ? await thumbnail(bitmap) : null,
    preview: wanted.preview ? await preview(bitmap) : null,
  };
}
