import { LRUCache } from 'lru-cache';
import { selectiveSearch, PROPOSAL_SIDE } from '../../core/find/proposals/selectiveSearch.ts';
import { gridWindows } from '../../core/find/proposals/gridWindows.ts';
import type { Box } from '../../core/find/boxes.ts';
import { DEFAULT_FINDER, type FinderSettings } from '../../core/find/settings.ts';
import type { ImageInput, Size } from '../../core/model.ts';
import { yieldNow } from '../../core/yieldNow.ts';
import { type DecodedImage, decodeRoom } from '../path/pixels/decode.ts';
import { planPixels } from '../path/pixels/pixelSource.ts';
import type { ImagePath } from '../path/imagePath.ts';
import type { OpenImage } from '../path/openImage.ts';
import { sizeWithin } from '../path/pictures.ts';
import { sizedView, type View } from '../path/view.ts';
import type { VectorFiles } from '../path/vectorFiles.ts';
import type { Session } from '../session/session.ts';
import { bothMaps, type PhotoMaps } from './bothMaps.ts';
import { MapFiles } from './mapFiles.ts';

/** Maps kept in memory: of 200 photos at 480. */
const MAP_BYTES = 448 * 2 ** 20;
const PROPOSAL_BYTES = 32 * 2 ** 20;

/** What a finder sees of a photo: all of it. */
const viewOf = (side: number): View => ({ policy: { kind: 'fit', side } });
/** Proposals share the decoding of the maps that are usual, and are the same whatever maps are wanted. */
const PROPOSAL_VIEW = viewOf(DEFAULT_FINDER.side);

type ProposalSettings = FinderSettings['proposals'];

/** A photo by its content; without a hash nothing of it is kept. */
export interface FindImage {
  image: ImageInput;
  hash: string | null;
  /** To be learned from: its maps are kept on disk. */
  lasting?: boolean;
}

/** What finding needs of a photo: its size, both maps and its proposals, each kept by the photo's content. */
export class FindPhotos {
  private readonly maps = new LRUCache<string, PhotoMaps>({ maxSize: MAP_BYTES });
  private readonly proposals = new LRUCache<string, { size: Size; boxes: Box[] }>({ maxSize: PROPOSAL_BYTES });
  private files: MapFiles | null = null;

  /** @param files maps of earlier visits, once they are found */
  constructor(
    private readonly session: () => Session,
    private readonly path: ImagePath,
    files: Promise<VectorFiles | null> = Promise.resolve(null),
  ) {
    files.then(
      (found) => void (this.files = found && new MapFiles(found)),
      () => {},
    );
    decodeRoom.clearForHuge(() => this.maps.clear());
  }

  /** Opens a photo, so that maps and proposals share one decoding. */
  open<Result>(
    { image, hash, lasting = false }: FindImage,
    signal: AbortSignal,
    use: (photo: FindPhoto) => Promise<Result>,
  ): Promise<Result> {
    return this.path.open(image, { hash: hash ?? undefined, signal }, (opened) =>
      use({
        maps: (side) => this.mapsOf(opened, hash, side, lasting, signal),
        proposals: (settings) => this.proposalsOf(opened, hash, settings, signal),
      }),
    );
  }

  private async mapsOf(
    opened: OpenImage,
    hash: string | null,
    side: number,
    lasting: boolean,
    signal: AbortSignal,
  ): Promise<PhotoMaps> {
    // Backends agree to rounding only: they are not mixed.
    const key = hash && `${hash} ${side} ${this.session().info.name}`;
    const kept = key ? this.maps.get(key) : undefined;
    if (kept) return kept;
    const stored = key ? await this.files?.get(key) : null;
    const maps = stored ?? (await this.compute(opened, side, signal));
    if (key) {
      this.maps.set(key, maps, { size: maps.last.data.byteLength + maps.middle.data.byteLength });
      if (!stored && lasting) this.files?.set(key, maps);
    }
    return maps;
  }

  private async compute(opened: OpenImage, side: number, signal: AbortSignal): Promise<PhotoMaps> {
    const view = viewOf(side);
    const decoded = await opened.decoded(view);
    const { source } = sizedView(decoded, view);
    const { width, height } = decoded.facts;
    return bothMaps(this.session(), { width, height }, source, signal);
  }

  private async proposalsOf(
    opened: OpenImage,
    hash: string | null,
    { kind, max, seed }: ProposalSettings,
    signal: AbortSignal,
  ) {
    const key = hash && `${hash} ${kind} ${max} ${seed}`;
    const kept = key ? this.proposals.get(key) : undefined;
    if (kept) return kept;
    const decoded = await opened.decoded(PROPOSAL_VIEW);
    const { width, height } = decoded.facts;
    const size = { width, height };
    const onStep = async () => {
      await yieldNow();
      signal.throwIfAborted();
    };
    await onStep();
    const boxes = kind === 'grid' ? gridWindows(size, max) : await search(decoded, size, max, seed, onStep);
    if (key) this.proposals.set(key, { size, boxes }, { size: 64 * (1 + boxes.length) });
    return { size, boxes };
  }
}

/** One photo while it is open. */
export interface FindPhoto {
  maps(side: number): Promise<PhotoMaps>;
  /** Boxes in pixels of the upright photo; the whole photo is one of them. */
  proposals(settings: ProposalSettings): Promise<{ size: Size; boxes: Box[] }>;
}

function search(
  decoded: DecodedImage,
  size: Size,
  max: number,
  seed: number,
  onStep: () => Promise<void>,
): Promise<Box[]> {
  const scale = PROPOSAL_SIDE / Math.max(size.width, size.height);
  const input =
    scale < 1
      ? sizeWithin(size, PROPOSAL_SIDE)
      : {
          width: Math.max(1, Math.round(size.width * scale)),
          height: Math.max(1, Math.round(size.height * scale)),
        };
  const rgb = planPixels(decoded, { ...PROPOSAL_VIEW, source: { x: 0, y: 0, ...size }, input });
  // The whole photo comes on top of those asked for.
  return selectiveSearch(rgb, input, size, { max: max + 1, seed, onStep });
}
