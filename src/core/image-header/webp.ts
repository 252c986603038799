import { type BlobBytes, fourCC } from './blobBytes.ts';
import { readOrientation } from './exif.ts';
import { type HeaderFacts, stillFacts, HeaderProblem } from './headerFacts.ts';

const MAX_CHUNKS = 4096;
const MAX_EXIF = 64 * 1024;
const HAS_EXIF = 0x08;
const IS_ANIMATED = 0x02;

function uint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
}

/** The EXIF chunk stands after the image data: walk over it by lengths. */
async function findOrientation(bytes: BlobBytes): Promise<number> {
  for (let offset = 12, chunks = 0; chunks < MAX_CHUNKS; chunks++) {
    const chunk = await bytes.read(offset, 8);
    if (chunk.byteLength < 8) return 1;
    const length = chunk.getUint32(4, true);
    if (fourCC(chunk, 0) === 'EXIF') return readOrientation(await bytes.read(offset + 8, Math.min(length, MAX_EXIF)));
    offset += 8 + length + (length & 1);
  }
  return 1;
}

/** Size, EXIF orientation and animation of a WebP: lossy (`VP8 `), lossless (`VP8L`) or extended (`VP8X`). RFC 9649. */
export async function readWebp(bytes: BlobBytes): Promise<HeaderFacts> {
  const kind = fourCC(await bytes.need(12, 4), 0);
  // The smallest lossless file there is has 26 bytes.
  const view = await bytes.need(12, kind === 'VP8L' ? 13 : 18);
  switch (kind) {
    case 'VP8 ': {
      if (view.getUint8(11) !== 0x9d || view.getUint8(12) !== 0x01 || view.getUint8(13) !== 0x2a) break;
      return stillFacts(view.getUint16(14, true) & 0x3fff, view.getUint16(16, true) & 0x3fff);
    }
    case 'VP8L': {
      if (view.getUint8(8) !== 0x2f) break;
      const packed = view.getUint32(9, true);
      return stillFacts((packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1);
    }
    case 'VP8X': {
      const flags = view.getUint8(8);
      return {
        width: uint24(view, 12) + 1,
        height: uint24(view, 15) + 1,
        orientation: flags & HAS_EXIF ? await findOrientation(bytes) : 1,
        animated: (flags & IS_ANIMATED) !== 0,
      };
    }
  }
  throw new HeaderProblem('damaged');
}
