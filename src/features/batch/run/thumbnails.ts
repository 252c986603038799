/** Small pictures of the batch's photos by key, outside the store, which holds plain data only. They are kept in the database with the results. */
class Thumbnails {
  private readonly blobs = new Map<string, Blob>();
  private readonly urls = new Map<string, string>();

  set(key: string, thumbnail: Blob): void {
    this.blobs.set(key, thumbnail);
  }

  get(key: string): Blob | undefined {
    return this.blobs.get(key);
  }

  /** An object URL, made when it is first asked for; null where there is no picture. */
  url(key: string): string | null {
    const known = this.urls.get(key);
    if (known) return known;
    const blob = this.blobs.get(key);
    if (!blob) return null;
    const url = URL.createObjectURL(blob);
    this.urls.set(key, url);
    return url;
  }

  clear(): void {
    for (const url of this.urls.values()) URL.revokeObjectURL(url);
    this.urls.clear();
    this.blobs.clear();
  }
}

export const batchThumbnails = new Thumbnails();
