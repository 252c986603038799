import { crc32, deflateSync } from 'node:zlib';

interface PngHeader {
  width: number;
  height: number;
  /** Bits of a value. */
  depth: number;
  /** PNG's colour type: 0 grey, 2 RGB, 6 RGBA. */
  colour: number;
}

/** A PNG file of a header and these chunks, and its end. */
export function pngOfChunks({ width, height, depth, colour }: PngHeader, chunks: [string, Uint8Array][]): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([depth, colour, 0, 0, 0], 8);
  const parts = [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)];
  for (const [type, data] of [['IHDR', header] as const, ...chunks, ['IEND', new Uint8Array(0)] as const]) {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8 + body.length);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), 4 + body.length);
    parts.push(frame);
  }
  return Buffer.concat(parts);
}

/** The least of a PNG file: 8-bit RGB, no filter. */
export function png(width: number, height: number, rgb: Uint8Array): Uint8Array {
  const rows = new Uint8Array(height * (1 + 3 * width));
  for (let y = 0; y < height; y++) rows.set(rgb.subarray(y * width * 3, (y + 1) * width * 3), y * (1 + 3 * width) + 1);
  return pngOfChunks({ width, height, depth: 8, colour: 2 }, [['IDAT', deflateSync(rows)]]);
}
