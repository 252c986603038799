import { type BlobBytes, fourCC } from './blobBytes.ts';
import { readOrientation } from './exif.ts';
import { type HeaderFacts, stillFacts, HeaderProblem } from './headerFacts.ts';

const MAX_CHUNKS = 4096;
const MAX_EXIF = 64 * 1024;
/** PNG (third edition, 7.1): lengths and dimensions stay below 2³¹. */
const MAX_FIELD = 0x7fffffff;

/** Size, EXIF orientation (`eXIf`) and animation (`acTL`) of a PNG: walks its chunks up to the image data and unpacks none. */
export async function readPng(bytes: BlobBytes): Promise<HeaderFacts> {
  const header = await bytes.need(8, 16);
  const length = header.getUint32(0);
  const width = header.getUint32(8);
  const height = header.getUint32(12);
  if (fourCC(header, 4) !== 'IHDR' || length !== 13 || width > MAX_FIELD || height > MAX_FIELD) {
    throw new HeaderProblem('damaged');
  }
  const facts = stillFacts(width, height);
  for (let offset = 8 + 12 + 13, chunks = 0; chunks < MAX_CHUNKS; chunks++) {
    const chunk = await bytes.read(offset, 8);
    if (chunk.byteLength < 8) break;
    const chunkLength = chunk.getUint32(0);
    const type = fourCC(chunk, 4);
    if (type === 'IDAT' || type === 'IEND' || chunkLength > MAX_FIELD) break;
    if (type === 'acTL') facts.animated = (await bytes.need(offset + 8, 4)).getUint32(0) > 1;
    if (type === 'eXIf')
      facts.orientation = readOrientation(await bytes.read(offset + 8, Math.min(chunkLength, MAX_EXIF)));
    offset += 12 + chunkLength;
  }
  return facts;
}
