import { AnysizeError } from '../../core/errors.ts';

export interface ZipEntry {
  /** As written in the zip. */
  path: string;
  /** 0 stored, 8 deflated; others are not read here. */
  method: number;
  encrypted: boolean;
  packedBytes: number;
  /** Size that the zip claims; to be checked against what comes out. */
  bytes: number;
  /** CRC-32 of what comes out. */
  crc: number;
  /** Where the packed bytes start in the file; null where the local header is not one. */
  dataStart: () => Promise<number | null>;
}

// Signatures and sizes: PKWARE APPNOTE 6.3.10, 4.3.7, 4.3.12, 4.3.14–4.3.16.
const END = 0x06054b50;
const END_BYTES = 22;
const END64_LOCATOR = 0x07064b50;
const END64_LOCATOR_BYTES = 20;
const END64 = 0x06064b50;
const CENTRAL = 0x02014b50;
const CENTRAL_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const MAX_COMMENT = 0xffff;
const UTF8_NAMES = 0x800;
const ZIP64_EXTRA = 0x0001;
const SATURATED = 0xffff_ffff;

async function view(zip: Blob, start: number, end: number): Promise<DataView> {
  return new DataView(await zip.slice(start, end).arrayBuffer());
}

function broken(why: string): AnysizeError {
  return new AnysizeError(
    'BadArchive',
    `The zip cannot be read: ${why}. Make it again, or drop the folders themselves.`,
  );
}

interface Directory {
  count: number;
  bytes: number;
  start: number;
}

/** The end-of-directory record: the last of its signatures whose comment ends with the file. */
async function findDirectory(zip: Blob): Promise<Directory> {
  const tailStart = Math.max(0, zip.size - END_BYTES - MAX_COMMENT - END64_LOCATOR_BYTES);
  const tail = await view(zip, tailStart, zip.size);
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END || at + END_BYTES + tail.getUint16(at + 20, true) > tail.byteLength) continue;
    const locator = at - END64_LOCATOR_BYTES;
    if (locator >= 0 && tail.getUint32(locator, true) === END64_LOCATOR) {
      const start = Number(tail.getBigUint64(locator + 8, true));
      const end = await view(zip, start, start + 56);
      if (end.byteLength < 56 || end.getUint32(0, true) !== END64) throw broken('its directory is damaged');
      return {
        count: Number(end.getBigUint64(32, true)),
        bytes: Number(end.getBigUint64(40, true)),
        start: Number(end.getBigUint64(48, true)),
      };
    }
    return {
      count: tail.getUint16(at + 10, true),
      bytes: tail.getUint32(at + 12, true),
      start: tail.getUint32(at + 16, true),
    };
  }
  throw broken('it is cut short or is no zip file');
}

/**
 * The entries of a zip, from its central directory.
 * @throws AnysizeError `BadArchive` where there is none, it is damaged, or it lists more than `maxEntries`
 */
export async function readZipDirectory(zip: Blob, maxEntries: number): Promise<ZipEntry[]> {
  const { count, bytes, start } = await findDirectory(zip);
  if (count > maxEntries) {
    throw new AnysizeError(
      'BadArchive',
      `The zip holds ${count} files; at most ${maxEntries} are read here. Drop fewer, or the folders themselves.`,
    );
  }
  if (start + bytes > zip.size) throw broken('it is cut short');
  const directory = await view(zip, start, start + bytes);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_BYTES > directory.byteLength || directory.getUint32(at, true) !== CENTRAL) {
      throw broken('its directory is damaged');
    }
    const nameBytes = directory.getUint16(at + 28, true);
    const extraBytes = directory.getUint16(at + 30, true);
    const end = at + CENTRAL_BYTES + nameBytes + extraBytes + directory.getUint16(at + 32, true);
    if (end > directory.byteLength) throw broken('its directory is damaged');
    entries.push(readEntry(zip, new DataView(directory.buffer, at, end - at), nameBytes, extraBytes));
    at = end;
  }
  return entries;
}

function readEntry(zip: Blob, record: DataView, nameBytes: number, extraBytes: number): ZipEntry {
  const flags = record.getUint16(8, true);
  const name = new Uint8Array(record.buffer, record.byteOffset + CENTRAL_BYTES, nameBytes);
  const sizes = [record.getUint32(24, true), record.getUint32(20, true), record.getUint32(42, true)];
  const [bytes = 0, packedBytes = 0, headerStart = 0] = widened(
    sizes,
    new DataView(record.buffer, record.byteOffset + CENTRAL_BYTES + nameBytes, extraBytes),
  );
  return {
    path: decodeName(name, (flags & UTF8_NAMES) !== 0),
    method: record.getUint16(10, true),
    encrypted: (flags & 1) !== 0,
    packedBytes,
    bytes,
    crc: record.getUint32(16, true),
    async dataStart() {
      const local = await view(zip, headerStart, headerStart + LOCAL_BYTES);
      if (local.byteLength < LOCAL_BYTES || local.getUint32(0, true) !== LOCAL) return null;
      return headerStart + LOCAL_BYTES + local.getUint16(26, true) + local.getUint16(28, true);
    },
  };
}

/** Sizes that do not fit 32 bits are taken from the zip64 extra field, in order. */
function widened(sizes: readonly number[], extra: DataView): number[] {
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) !== ZIP64_EXTRA) continue;
    let field = at + 4;
    return sizes.map((size) => {
      if (size !== SATURATED || field + 8 > extra.byteLength) return size;
      field += 8;
      return Number(extra.getBigUint64(field - 8, true));
    });
  }
  return [...sizes];
}

/** Names are UTF-8 by flag; many tools write UTF-8 without it, so that is tried before the old one-byte code page. */
function decodeName(bytes: Uint8Array, isUtf8: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: !isUtf8 }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
