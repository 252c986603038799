import type { BlobBytes } from './blobBytes.ts';
import { type HeaderFacts, stillFacts, HeaderProblem } from './headerFacts.ts';

const MAX_BLOCKS = 4096;
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const APPLICATION = 0xff;

/** Bytes of the colour table that a packed field announces. */
function tableBytes(packed: number): number {
  return packed & 0x80 ? 3 << ((packed & 7) + 1) : 0;
}

/**
 * Size of a GIF: its logical screen, or its first frame where that reaches further.
 * `animated` where a loop (NETSCAPE2.0) is announced before the first frame.
 */
export async function readGif(bytes: BlobBytes): Promise<HeaderFacts> {
  const screen = await bytes.need(6, 7);
  const facts = stillFacts(screen.getUint16(0, true), screen.getUint16(2, true));
  let offset = 13 + tableBytes(screen.getUint8(4));
  for (let blocks = 0; blocks < MAX_BLOCKS; blocks++) {
    const kind = (await bytes.need(offset, 1)).getUint8(0);
    if (kind === IMAGE) {
      const frame = await bytes.need(offset + 1, 8);
      facts.width = Math.max(facts.width, frame.getUint16(0, true) + frame.getUint16(4, true));
      facts.height = Math.max(facts.height, frame.getUint16(2, true) + frame.getUint16(6, true));
      return facts;
    }
    if (kind !== EXTENSION) throw new HeaderProblem('damaged');
    if ((await bytes.need(offset + 1, 1)).getUint8(0) === APPLICATION) facts.animated = true;
    offset += 2;
    for (let size = 1; size > 0; blocks++) {
      if (blocks >= MAX_BLOCKS) throw new HeaderProblem('damaged');
      size = (await bytes.need(offset, 1)).getUint8(0);
      offset += 1 + size;
    }
  }
  throw new HeaderProblem('damaged');
}
