import type { OpenImage } from '../path/openImage.ts';
import { thumbnail } from '../path/pictures.ts';
import { planPixels } from '../path/pixels/pixelSource.ts';
import { differenceHash } from '../../core/training/nearDuplicates.ts';
import type { Ingested } from '../../core/training/model.ts';

/** Grid that the difference hash is taken from: 9 × 8 cells, two samples a side each against aliasing. */
const HASH_WIDTH = 18;
const HASH_HEIGHT = 16;

/**
 * Reads one photo for the classes' grid.
 * @throws AnysizeError as `decode` does
 */
export async function ingest(opened: OpenImage): Promise<Ingested> {
  const hashing = opened.hash();
  // Awaited when the picture is there; a hash that fails before must not count as unhandled.
  hashing.catch(() => {});
  const decoded = await opened.forLooking();
  const { facts, bitmap } = decoded;
  const pixels = planPixels(decoded, {
    policy: { kind: 'warp' },
    source: { x: 0, y: 0, width: facts.width, height: facts.height },
    input: { width: HASH_WIDTH, height: HASH_HEIGHT },
  });
  return {
    hash: await hashing,
    perceptual: differenceHash(pixels, HASH_WIDTH, HASH_HEIGHT, 3),
    facts,
    thumbnail: await thumbnail(bitmap),
  };
}
