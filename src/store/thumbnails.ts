/** Thumbnails that are not kept yet, by their object URL: a URL alone cannot be turned back into bytes under the page's policy. */
const waiting = new Map<string, Blob>();

/** An object URL for a thumbnail, whose bytes stay at hand until they are kept. */
export function thumbnailUrl(thumbnail: Blob): string {
  const url = URL.createObjectURL(thumbnail);
  waiting.set(url, thumbnail);
  return url;
}

export function thumbnailOf(url: string): Blob | undefined {
  return waiting.get(url);
}

/** The thumbnail is kept: its bytes need not stay. */
export function thumbnailKept(url: string): void {
  waiting.delete(url);
}
