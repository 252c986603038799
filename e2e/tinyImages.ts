import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** An RGB PNG: a disc on a ground, colours and place by its number. */
export function tinyPng(width: number, height: number, number: number): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  const [x0, y0, r] = [width * (0.2 + ((number * 37) % 60) / 100), height / 2, height / 4];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = (x - x0) ** 2 + (y - y0) ** 2 < r * r;
      const at = y * (width * 3 + 1) + 1 + x * 3;
      rows[at] = inside ? 250 : (number * 53) % 256;
      rows[at + 1] = inside ? (number * 29) % 256 : 90;
      rows[at + 2] = inside ? 20 : (number * 17) % 256;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', new Uint8Array())];
  return Buffer.concat([signature, ...parts]);
}

/** Writes files into a folder, the folders in their paths made. */
export function writeFiles(folder: string, files: ReadonlyMap<string, Buffer>): void {
  for (const [path, bytes] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}
