import type { BlobBytes } from './blobBytes.ts';
import { readOrientation } from './exif.ts';
import { type HeaderFacts, HeaderProblem } from './headerFacts.ts';
import { isFrameHeader, isStandalone, segmentLength } from './jpegScan.ts';

const SCAN = 4096;
const MAX_SEGMENTS = 4096;
const APP1 = 0xe1;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

/** Position just after the next marker's code and that code; skips fill bytes and, as libjpeg does, stray bytes. */
async function nextMarker(bytes: BlobBytes, from: number): Promise<{ marker: number; end: number }> {
  for (let offset = from; ;) {
    const view = await bytes.read(offset, SCAN);
    if (view.byteLength < 2) throw new HeaderProblem('cut off');
    for (let i = 0; i + 1 < view.byteLength; i++) {
      const code = view.getUint8(i + 1);
      if (view.getUint8(i) === 0xff && code !== 0 && code !== 0xff) return { marker: code, end: offset + i + 2 };
    }
    offset += view.byteLength - 1;
  }
}

/** What of a frame header (ITU T.81, B.2.2) browsers usually cannot decode. */
function rareVariant(marker: number, precision: number): string | undefined {
  if (marker === 0xc3 || marker === 0xcb) return 'a lossless JPEG';
  if (marker >= 0xc5 && marker <= 0xc7) return 'a hierarchical JPEG';
  if (marker >= 0xc9) return 'an arithmetic-coded JPEG';
  if (precision !== 8) return `a JPEG of ${precision} bits a channel`;
  return undefined;
}

/** Size and EXIF orientation of a JPEG: walks its segments by slices, whatever their length, up to the frame header. */
export async function readJpeg(bytes: BlobBytes): Promise<HeaderFacts> {
  let orientation: number | undefined;
  for (let offset = 2, segments = 0; segments < MAX_SEGMENTS; segments++) {
    const { marker, end } = await nextMarker(bytes, offset);
    if (isStandalone(marker)) {
      offset = end;
      continue;
    }
    if (marker === START_OF_SCAN || marker === END_OF_IMAGE) throw new HeaderProblem('damaged');
    const length = segmentLength((await bytes.need(end, 2)).getUint16(0));
    if (isFrameHeader(marker)) {
      const frame = await bytes.need(end, 8);
      const components = frame.getUint8(7);
      if (components < 1 || length !== 8 + 3 * components) throw new HeaderProblem('damaged');
      const rare = rareVariant(marker, frame.getUint8(2));
      return {
        width: frame.getUint16(5),
        height: frame.getUint16(3),
        orientation: orientation ?? 1,
        animated: false,
        ...(marker === 0xc2 && { progressive: true }),
        ...(rare ? { rare } : {}),
      };
    }
    if (marker === APP1 && orientation === undefined) {
      const segment = await bytes.read(end + 2, length - 2);
      if (segment.byteLength >= 6 && segment.getUint32(0) === 0x45786966) orientation = readOrientation(segment);
    }
    offset = end + length;
  }
  throw new HeaderProblem('damaged');
}
