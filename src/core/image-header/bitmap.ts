import type { BlobBytes } from './blobBytes.ts';
import { type HeaderFacts, HeaderProblem, stillFacts } from './headerFacts.ts';

const MAX_ICONS = 256;

/** Size in a Windows or OS/2 bitmap header that starts at `offset`; rows may run top-down (negative height). */
async function bitmapSize(bytes: BlobBytes, offset: number): Promise<{ width: number; height: number }> {
  const header = (await bytes.need(offset, 4)).getUint32(0, true);
  if (header === 12) {
    const core = await bytes.need(offset + 4, 4);
    return { width: core.getUint16(0, true), height: core.getUint16(2, true) };
  }
  if (header < 16 || header > 4096) throw new HeaderProblem('damaged');
  const info = await bytes.need(offset + 4, 8);
  return { width: Math.max(0, info.getInt32(0, true)), height: Math.abs(info.getInt32(4, true)) };
}

/** Size of a BMP. */
export async function readBmp(bytes: BlobBytes): Promise<HeaderFacts> {
  const { width, height } = await bitmapSize(bytes, 14);
  return stillFacts(width, height);
}

/**
 * Size of the largest icon in an ICO or CUR. Read from each icon's own PNG or bitmap header: the directory holds one byte a side and
 * may say anything.
 */
export async function readIco(bytes: BlobBytes): Promise<HeaderFacts> {
  const count = (await bytes.need(4, 2)).getUint16(0, true);
  if (count === 0 || count > MAX_ICONS) throw new HeaderProblem('damaged');
  let best = stillFacts(0, 0);
  for (let i = 0; i < count; i++) {
    const offset = (await bytes.need(6 + i * 16 + 12, 4)).getUint32(0, true);
    const { width, height } = await iconSize(bytes, offset);
    if (width * height > best.width * best.height) best = stillFacts(width, height);
  }
  return best;
}

async function iconSize(bytes: BlobBytes, offset: number): Promise<{ width: number; height: number }> {
  const head = await bytes.need(offset, 24);
  if (head.getUint32(0) === 0x89504e47) return { width: head.getUint32(16), height: head.getUint32(20) };
  const { width, height } = await bitmapSize(bytes, offset);
  // An icon's bitmap is followed by its mask, and its height counts both.
  return { width, height: Math.floor(height / 2) };
}
