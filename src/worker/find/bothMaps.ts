import * as tf from '@tensorflow/tfjs-core';
import { MAP_CHANNELS, STRIDES } from '../../core/find/finderMaps.ts';
import { float32ToFloat16 } from '../../core/float16.ts';
import type { Size } from '../../core/model.ts';
import type { PixelSource } from '../path/pixels/pixelSource.ts';
import { planTiles, type Tile } from '../path/tiles/tiles.ts';
import { PieceTooLarge } from '../session/models.ts';
import type { Session } from '../session/session.ts';

/** A map of half-precision numbers: [height, width, channels]. */
export interface HalfMap {
  height: number;
  width: number;
  channels: number;
  data: Uint16Array;
}

/** Both maps of one pass of the backbone. */
export interface PhotoMaps {
  /** The upright photo. */
  photo: Size;
  /** What the model saw. */
  input: Size;
  /** Of stride 32. */
  last: HalfMap;
  /** `block_13_expand`, of stride 16. */
  middle: HalfMap;
}

/**
 * The last map and the one in the middle, put together from tiles where the input is above the pixel budget.
 * @throws what `signal` was aborted with
 */
export async function bothMaps(
  session: Session,
  photo: Size,
  source: PixelSource,
  signal?: AbortSignal,
): Promise<PhotoMaps> {
  for (;;) {
    const { tiles } = planTiles(source.size, session.pixelBudget);
    const [last, middle] = [emptyMap(source.size, 'last'), emptyMap(source.size, 'middle')];
    const maps = { photo, input: source.size, last, middle };
    try {
      for (const tile of tiles) {
        signal?.throwIfAborted();
        const pixels = source.read(tile.pixels);
        const pieces = await session.compute(
          async ({ embedded }) => {
            const both = tf.tidy(() => {
              const maps = embedded.runBoth(tf.tensor3d(pixels, [tile.pixels.height, tile.pixels.width, 3]));
              return [maps.last, maps.middle];
            });
            try {
              const [last, middle] = await Promise.all(both.map((map) => map.data<'float32'>()));
              if (!last || !middle) throw new Error('a pass gives two maps');
              return { last, middle };
            } finally {
              tf.dispose(both);
            }
          },
          { shrinks: true },
        );
        place(pieces.last, tile, 1, maps.last);
        place(pieces.middle, tile, 2, maps.middle);
      }
      return maps;
    } catch (error) {
      // The tiles are smaller now.
      if (!(error instanceof PieceTooLarge)) throw error;
    }
  }
}

function emptyMap({ width, height }: Size, kind: keyof typeof STRIDES): HalfMap {
  const size = { height: Math.ceil(height / STRIDES[kind]), width: Math.ceil(width / STRIDES[kind]) };
  const channels = MAP_CHANNELS[kind];
  return { ...size, channels, data: new Uint16Array(size.height * size.width * channels) };
}

/**
 * Copies a tile's valid cells to their place.
 * @param scale cells for each of the last map's along a side. At an edge of the image the tile's map ends where the whole does, which may be
 *   one cell short of that
 */
function place(values: Float32Array, { origin, valid, pixels }: Tile, scale: number, into: HalfMap): void {
  const stride = STRIDES.last / scale;
  const tileWidth = Math.ceil(pixels.width / stride);
  const tileHeight = Math.ceil(pixels.height / stride);
  const right = Math.min(tileWidth, valid.right * scale);
  const bottom = Math.min(tileHeight, valid.bottom * scale);
  const { channels } = into;
  for (let y = valid.top * scale; y < bottom; y++) {
    const from = (y * tileWidth + valid.left * scale) * channels;
    const row = values.subarray(from, from + (right - valid.left * scale) * channels);
    const to = ((origin.top * scale + y) * into.width + (origin.left + valid.left) * scale) * channels;
    into.data.set(float32ToFloat16(row), to);
  }
}
