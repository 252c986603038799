import { type BlobBytes, fourCC } from './blobBytes.ts';
import { type HeaderFacts, stillFacts, HeaderProblem } from './headerFacts.ts';

const MAX_BOXES = 4096;
/** Boxes on the way to an image's size (`ispe`) or, in a sequence without one, a track's (`tkhd`): bytes before their children. */
const CONTAINERS: ReadonlyMap<string, number> = new Map([
  ['meta', 4],
  ['iprp', 0],
  ['ipco', 0],
  ['moov', 0],
  ['trak', 0],
]);

/**
 * Size of an AVIF or HEIC (ISO/IEC 14496-12 and 23008-12): the largest `ispe` among its items, which is the picture itself where there
 * are tiles and thumbnails too, else the largest track. Rotation (`irot`, `imir`) is part of decoding and every browser's business.
 */
export async function readIsobmff(bytes: BlobBytes): Promise<HeaderFacts> {
  const brand = fourCC(await bytes.need(8, 4), 0);
  let image = { width: 0, height: 0 };
  let track = { width: 0, height: 0 };
  let boxes = 0;

  const walk = async (from: number, to: number, depth: number): Promise<void> => {
    for (let offset = from; offset + 8 <= to;) {
      if (++boxes > MAX_BOXES) throw new HeaderProblem('damaged');
      const head = await bytes.need(offset, 8);
      let size = head.getUint32(0);
      let body = offset + 8;
      const type = fourCC(head, 4);
      if (size === 1) {
        const large = await bytes.need(body, 8);
        size = large.getUint32(0) * 2 ** 32 + large.getUint32(4);
        body += 8;
      }
      const end = size === 0 ? to : offset + size;
      // Nonsense after the boxes that matter is the decoder's business.
      if (end < body) return;
      const skip = CONTAINERS.get(type);
      if (skip !== undefined && depth < 4) await walk(body + skip, Math.min(end, to), depth + 1);
      if (type === 'ispe') {
        const view = await bytes.need(body, 12);
        image = larger(image, { width: view.getUint32(4), height: view.getUint32(8) });
      }
      if (type === 'tkhd') {
        const tail = await bytes.need(end - 8, 8);
        track = larger(track, { width: tail.getUint32(0) >>> 16, height: tail.getUint32(4) >>> 16 });
      }
      offset = end;
    }
  };
  await walk(0, bytes.size, 0);

  const size = image.width > 0 ? image : track;
  if (size.width === 0) throw new HeaderProblem('damaged');
  return { ...stillFacts(size.width, size.height), animated: brand === 'avis' || brand === 'msf1' };
}

function larger(a: { width: number; height: number }, b: { width: number; height: number }) {
  return b.width * b.height > a.width * a.height ? b : a;
}
