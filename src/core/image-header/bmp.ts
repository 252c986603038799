import type { BlobBytes } from './blobBytes.ts';
import { type HeaderFacts, stillFacts } from './headerFacts.ts';
import { HeaderProblem } from './headerProblem.ts';

/** Size in a Windows or OS/2 bitmap header that starts at `offset`; rows may run top-down (negative height). */
export async function bitmapSize(bytes: BlobBytes, offset: number): Promise<{ width: number; height: number }> {
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
