import { LRUCache } from 'lru-cache';
import type { BackboneName, BackendName, Decoding, ImageFacts, ImageInput, SizePlan } from '../../core/model.ts';
import { sha256 } from '../../core/sha256.ts';
import type { MapReader } from './mapReader.ts';
import { decodeRoom } from './pixels/decode.ts';
import type { View } from './view.ts';

/** All feature maps kept at hand together, with their pictures: at the default size, those of 300 photos. */
const KEPT_BYTES = 256 * 2 ** 20;

/** One view of a photo: its feature map, and what it was made of. */
export interface SizedView {
  facts: ImageFacts;
  plan: SizePlan;
  reader: MapReader;
  /** Only where it was asked for, or tiles will take a while. */
  thumbnail: Blob | null;
  /** For looking at; only where it was asked for. */
  preview: Blob | null;
}

/** The last plain views of photos, and by which name a photo is known: the hash of its bytes, so that every tab finds what another has made. */
export class KeptViews {
  private readonly views: LRUCache<string, SizedView>;
  /** Hashes of the photos that have a key. */
  private readonly hashes = new Map<string, string>();

  constructor(maxSize = KEPT_BYTES) {
    this.views = new LRUCache<string, SizedView>({ maxSize });
    decodeRoom.clearForHuge(() => this.views.clear());
  }

  /**
   * What a photo's view on a backbone is kept under. Backends agree to rounding only, and the same seed on the same backend is to give the same
   * numbers: so the backend is part of it.
   */
  static key(
    photo: string,
    { policy, minSide = 0 }: View,
    backbone: BackboneName,
    backend: BackendName,
    decoding: Decoding = 'needed',
  ): string {
    return JSON.stringify([photo, policy, minSide, backbone, backend, decoding]);
  }

  get(key: string): SizedView | undefined {
    return this.views.get(key);
  }

  /** Keeps a view, or, called again, as large as it has become. */
  keep(key: string, view: SizedView): void {
    const { reader, thumbnail, preview } = view;
    // Set again, the same object would keep the size it had.
    this.views.delete(key);
    this.views.set(key, view, { size: 1 + reader.bytes + (thumbnail?.size ?? 0) + (preview?.size ?? 0) });
  }

  /** Whether this very view is still at hand. */
  holds(key: string, view: SizedView): boolean {
    return this.views.peek(key) === view;
  }

  hashOf({ key }: ImageInput): string | undefined {
    return key === undefined ? undefined : this.hashes.get(key);
  }

  /** SHA-256 of a photo's bytes, by which its key is known from then on. */
  async hash(image: ImageInput): Promise<string> {
    const hash = await sha256(await image.blob.arrayBuffer());
    this.learn(image, hash);
    return hash;
  }

  learn({ key }: ImageInput, hash: string): void {
    if (key !== undefined) this.hashes.set(key, hash);
  }
}
