const START_OF_IMAGE_BYTES = 2;
const [START_OF_SCAN, END_OF_IMAGE, HUFFMAN, QUANTA, RESTARTS, COMMENT] = [0xda, 0xd9, 0xc4, 0xdb, 0xdd, 0xfe];
const END = Uint8Array.of(0xff, END_OF_IMAGE);

/** SOF0…SOF15 without DHT (C4), JPG (C8) and DAC (CC), which share their range. */
export function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Markers that stand alone, without a length: TEM, RST0…7, SOI. */
export function isStandalone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

/** Bytes from a segment's length on; libjpeg, and browsers with it, takes lengths of 0 and 1 for 2. */
export function segmentLength(told: number): number {
  return Math.max(2, told);
}

/** Where a JPEG's parts begin, in bytes. */
interface Parts {
  /** The frame header's marker. */
  frame: number;
  /** The first scan's data. */
  data: number;
  /** Whether that scan has all components, so that no other follows in a baseline JPEG. */
  whole: boolean;
}

function partsOf(bytes: Uint8Array): Parts | null {
  const u16 = (at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  let frame = 0;
  for (let at = START_OF_IMAGE_BYTES; at + 4 <= bytes.length;) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker === 0 || marker === 0xff) {
      at++;
      continue;
    }
    if (isStandalone(marker)) {
      at += 2;
      continue;
    }
    if (isFrameHeader(marker)) frame = at;
    const end = at + 2 + segmentLength(u16(at + 2));
    if (marker === START_OF_SCAN) {
      const progressive = bytes[frame + 1] === 0xc2;
      return frame ? { frame, data: end, whole: !progressive && bytes[at + 4] === bytes[frame + 9] } : null;
    }
    at = end;
  }
  return null;
}

/** What may stand between the scans of one picture. */
function betweenScans(marker: number): boolean {
  return [START_OF_SCAN, HUFFMAN, QUANTA, RESTARTS, COMMENT].includes(marker) || (marker >= 0xe0 && marker <= 0xef);
}

/** Where what a decoder can follow ends: at the end mark, at the first marker that has no place where it stands, or with the file. */
function endOfData(bytes: Uint8Array, { data, whole }: Parts): number {
  for (let at = bytes.indexOf(0xff, data); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at++;
    else if (marker === 0 || (isStandalone(marker) && marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else if (whole || !betweenScans(marker)) return at;
    else at += 2 + segmentLength(((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
  }
  return bytes.length;
}

/** The JPEG up to where it is damaged or cut off, with an end put to it; null where it does not come as far as its picture. */
export function upToDamage(bytes: Uint8Array<ArrayBuffer>): Blob | null {
  const parts = partsOf(bytes);
  return parts && new Blob([bytes.subarray(0, endOfData(bytes, parts)), END], { type: 'image/jpeg' });
}

/** Pixels a side of {@link withoutData}'s picture. */
export const EMPTY_SIDE = 64;

/**
 * A square picture that has no data: grey, or what becomes of that by the file's inks and profile. Its middle shows it: decoders read zeros
 * for the first of its blocks.
 */
export function withoutData(bytes: Uint8Array): Blob | null {
  const parts = partsOf(bytes);
  if (!parts) return null;
  const head = bytes.slice(0, parts.data);
  head.set([0, EMPTY_SIDE, 0, EMPTY_SIDE], parts.frame + 5);
  return new Blob([head, END], { type: 'image/jpeg' });
}
