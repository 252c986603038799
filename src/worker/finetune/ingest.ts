import { decode } from '../path/pixels/decode.ts';
import { thumbnail } from '../path/preview.ts';
import type { ImageInput } from '../../core/model.ts';
import { resample } from '../path/pixels/resample.ts';
import { sha256 } from '../../core/sha256.ts';
import { differenceHash } from '../../core/training/nearDuplicates.ts';
import type { Ingested } from '../../core/training/model.ts';

/** Grid that the difference hash is taken from: 9 × 8 cells, two samples a side each against aliasing. */
const HASH_WIDTH = 18;
const HASH_HEIGHT = 16;

/**
 * Reads one photo for the classes' grid.
 * @throws AnysizeError as `decode` does
 */
export async function ingest(image: ImageInput, signal: AbortSignal): Promise<Ingested> {
  const hashing = image.blob.arrayBuffer().then(sha256);
  // Awaited when the picture is there, and can be closed; a hash that fails before must not count as unhandled.
  hashing.catch(() => {});
  const decoded = await decode(image, {}, signal);
  try {
    const { width, height } = decoded.facts;
    const pixels = resample(decoded.bitmap, {
      policy: { kind: 'warp' },
      source: { x: 0, y: 0, width, height },
      input: { width: HASH_WIDTH, height: HASH_HEIGHT },
    });
    return {
      hash: await hashing,
      perceptual: differenceHash(pixels, HASH_WIDTH, HASH_HEIGHT, 3),
      facts: decoded.facts,
      thumbnail: await thumbnail(decoded.bitmap),
    };
  } finally {
    decoded.close();
  }
}
