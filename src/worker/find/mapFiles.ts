import type { VectorFiles } from '../path/vectorFiles.ts';
import type { HalfMap, PhotoMaps } from './bothMaps.ts';

/** Both maps as one row of numbers, and back: files keep rows of floats, and their bits are what counts. */
export function packMaps({ photo, input, last, middle }: PhotoMaps): Float32Array {
  const sizes = [photo, input].flatMap(({ width, height }) => [width, height]);
  const header = [...sizes, ...[last, middle].flatMap((map) => [map.height, map.width, map.channels])];
  const halves = new Uint16Array(2 * header.length + 2 * Math.ceil((last.data.length + middle.data.length) / 2));
  const packed = new Float32Array(halves.buffer);
  packed.set(header);
  halves.set(last.data, 2 * header.length);
  halves.set(middle.data, 2 * header.length + last.data.length);
  return packed;
}

const HEADER = 10;

/** @returns null for what is no such row */
export function unpackMaps(packed: Float32Array): PhotoMaps | null {
  if (packed.length < HEADER) return null;
  const [photoWidth = 0, photoHeight = 0, width = 0, height = 0, ...sizes] = packed.subarray(0, HEADER);
  const halves = new Uint16Array(packed.buffer, packed.byteOffset + 4 * HEADER, 2 * (packed.length - HEADER));
  let at = 0;
  const maps = [0, 3].map((first): HalfMap => {
    const [h = 0, w = 0, channels = 0] = sizes.slice(first, first + 3);
    const length = h * w * channels;
    const data = halves.subarray(at, at + length);
    at += length;
    return { height: h, width: w, channels, data };
  });
  const [last, middle] = maps;
  const whole = last && middle && at > 0 && at <= halves.length && at + 1 >= halves.length;
  const photo = { width: photoWidth, height: photoHeight };
  return whole ? { photo, input: { width, height }, last, middle } : null;
}

/** Reads and writes maps of earlier visits; what fails is computed again. */
export class MapFiles {
  constructor(private readonly files: VectorFiles) {}

  async get(key: string): Promise<PhotoMaps | null> {
    const packed = await this.files.get(key);
    return packed && unpackMaps(packed);
  }

  set(key: string, maps: PhotoMaps): void {
    this.files.set(key, packMaps(maps));
  }
}
