import type { BlobBytes } from './blobBytes.ts';
import { bitmapSize } from './bmp.ts';
import { type HeaderFacts, stillFacts } from './headerFacts.ts';
import { HeaderProblem } from './headerProblem.ts';

const MAX_ICONS = 256;

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
