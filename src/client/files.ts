import type { ImageInput } from '../core/model.ts';
import { nextName } from '../core/nextName.ts';
import { useStore } from '../store/store.ts';
import { toImageInput } from './imageInput.ts';

/** The Files behind the rows, outside the store: the store holds plain data only. */
const files = new Map<string, File>();

/** Keeps a file and returns the id under which the store's row and every engine task refer to it. */
export function keepFile(file: File): string {
  const id = nextName('image');
  files.set(id, file);
  return id;
}

export function fileOf(id: string): File | undefined {
  return files.get(id);
}

/**
 * A row's photo, ready for the engine, which knows it again by its id.
 * @throws Error where it has left the list; for an SVG as {@link toImageInput}
 */
export async function imageOf(id: string): Promise<ImageInput> {
  const file = files.get(id);
  if (!file) throw new Error('This photo is no longer at hand.');
  return { ...(await toImageInput(file, file.name)), key: id };
}

/** Thumbnails that are not kept yet, by their object URL: a URL alone cannot be turned back into bytes under the page's policy. */
const thumbnails = new Map<string, Blob>();

/** An object URL for a thumbnail, whose bytes stay at hand until they are kept. */
export function thumbnailUrl(thumbnail: Blob): string {
  const url = URL.createObjectURL(thumbnail);
  thumbnails.set(url, thumbnail);
  return url;
}

export function thumbnailOf(url: string): Blob | undefined {
  return thumbnails.get(url);
}

/** The thumbnail is kept: its bytes need not stay. */
export function thumbnailKept(url: string): void {
  thumbnails.delete(url);
}

/** Lets go of the files and thumbnails of rows that are gone for good. */
export function letGo(rows: Iterable<{ id: string; thumbnailUrl: string | null }>): void {
  for (const { id, thumbnailUrl } of rows) {
    files.delete(id);
    if (thumbnailUrl) URL.revokeObjectURL(thumbnailUrl);
  }
}

useStore.subscribe(({ released }, before) => {
  if (released === before.released) return;
  for (const id of released.files) files.delete(id);
  for (const url of released.urls) URL.revokeObjectURL(url);
});
