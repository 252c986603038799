import { crc32 } from './crc32.ts';
import { Inflate } from 'fflate';
import { AnysizeError } from '../../core/errors.ts';
import { isSystemPath } from '../photoFile.ts';
import { readZipDirectory, type ZipEntry } from './zipDirectory.ts';

export interface ClassZipLimits {
  maxEntries: number;
  /** Bytes of all photos together, counted while they are unpacked. */
  maxTotalBytes: number;
  /** Bytes of one photo, counted while it is unpacked. */
  maxFileBytes: number;
}

export const CLASS_ZIP_LIMITS: ClassZipLimits = {
  maxEntries: 20_000,
  maxTotalBytes: 2 * 1024 ** 3,
  maxFileBytes: 256 * 1024 ** 2,
};

export interface UnpackedFile {
  /** Path inside the zip, without parts that climb. */
  path: string;
  blob: Blob;
}

export interface ClassZip {
  files: UnpackedFile[];
  /** Sentences for the person: what was left out and why. */
  notices: string[];
}

/** Deflate packs at most about 1000:1, so that one chunk never unpacks to more than 64 MB before the limits are checked. */
const CHUNK = 64 * 1024;
const NESTED = /\.(zip|7z|rar|tar|gz|tgz)$/i;

/**
 * Unpacks the photos of a zip of class folders. Reads the file in parts, so that only what is unpacked is in memory.
 * @param isWanted whether a name (the last part of a path) is a photo's; other files are left out unread
 * @param onProgress share of the wanted files that is unpacked, 0…1
 * @throws AnysizeError `BadArchive` where the zip is broken, cut short or larger than the limits
 */
export async function readClassZip(
  zip: Blob,
  isWanted: (name: string) => boolean,
  onProgress: (fraction: number) => void = () => {},
  limits: ClassZipLimits = CLASS_ZIP_LIMITS,
): Promise<ClassZip> {
  const entries = await readZipDirectory(zip, limits.maxEntries);
  const files: UnpackedFile[] = [];
  const notices: string[] = [];
  const left = { nested: 0, locked: 0, unknown: 0, broken: 0 };
  const wanted = entries.filter((entry) => {
    if (entry.path.endsWith('/') || isSystemPath(entry.path)) return false;
    if (NESTED.test(entry.path)) left.nested++;
    return isWanted(entry.path.slice(entry.path.lastIndexOf('/') + 1));
  });
  let total = 0;
  for (const [i, entry] of wanted.entries()) {
    if (entry.encrypted) left.locked++;
    else if (entry.method !== 0 && entry.method !== 8) left.unknown++;
    else {
      const room = Math.min(limits.maxFileBytes, limits.maxTotalBytes - total);
      const blob = await unpack(zip, entry, room);
      if (blob === null) left.broken++;
      else {
        total += blob.size;
        files.push({ path: safePath(entry.path), blob });
      }
    }
    onProgress((i + 1) / wanted.length);
  }
  const tell = (count: number, what: string, why: string) => {
    if (count > 0) notices.push(`${count} ${what}${count === 1 ? '' : 's'} in the zip left out: ${why}.`);
  };
  tell(left.nested, 'archive', 'unpack it and drop its folders');
  tell(left.locked, 'photo', 'locked with a password');
  tell(left.unknown, 'photo', 'packed in a way that cannot be read here');
  tell(left.broken, 'photo', 'damaged');
  return { files, notices };
}

/** A path without a drive and without empty, `.` and `..` parts, backslashes taken as slashes: a name, never a place outside. */
export function safePath(path: string): string {
  const parts = path.replaceAll('\\', '/').split('/');
  const plain = parts.filter((part) => part !== '' && part !== '.' && part !== '..');
  return plain.slice(plain.length > 1 && /^[a-z]:$/i.test(plain[0] ?? '') ? 1 : 0).join('/');
}

/** One file's bytes; null where they are not what the directory says. Throws where they pass `room`. */
async function unpack(zip: Blob, entry: ZipEntry, room: number): Promise<Blob | null> {
  const start = await entry.dataStart();
  if (start === null || start + entry.packedBytes > zip.size) return null;
  const packed = zip.slice(start, start + entry.packedBytes);
  const refuse = () => {
    throw new AnysizeError(
      'BadArchive',
      `The zip unpacks to more than can be taken here: “${entry.path}” passes the limit of ${Math.round(room / 1e6)} MB that was left. Drop the folders themselves instead.`,
    );
  };
  if (entry.method === 0) {
    if (packed.size > room) refuse();
    // Copied out, so that the photo lives on when the zip is gone.
    const stored = new Uint8Array(await packed.arrayBuffer());
    return stored.length === entry.bytes && crc32(stored) === entry.crc ? new Blob([stored]) : null;
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  let crc = 0;
  let ended = false;
  const inflate = new Inflate((data, final) => {
    bytes += data.length;
    if (bytes <= room) {
      parts.push(data.slice());
      crc = crc32(data, crc);
    }
    ended ||= final;
  });
  for (let at = 0; at < packed.size; at += CHUNK) {
    const chunk = new Uint8Array(await packed.slice(at, at + CHUNK).arrayBuffer());
    try {
      inflate.push(chunk, at + CHUNK >= packed.size);
    } catch {
      return null;
    }
    if (bytes > room) refuse();
  }
  return ended && bytes === entry.bytes && crc === entry.crc ? new Blob(parts) : null;
}
