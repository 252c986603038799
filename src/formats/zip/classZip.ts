import { isSystemPath } from '../../core/photoFile.ts';
import { Meter, unpack, zipEntries, type ZipLimits } from './zipEntries.ts';

/** A photo's own bytes are decoded later, within limits of their own; here only their number counts. */
export const CLASS_ZIP_LIMITS: ZipLimits = {
  entries: 20_000,
  totalBytes: 2 * 1024 ** 3,
  fileBytes: 256 * 1024 ** 2,
  ratio: Infinity,
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

const NESTED = /\.(zip|7z|rar|tar|gz|tgz)$/i;
const STORED = 0;
const DEFLATED = 8;

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
  limits: ZipLimits = CLASS_ZIP_LIMITS,
): Promise<ClassZip> {
  const entries = await zipEntries(zip, limits);
  const meter = new Meter(limits);
  const files: UnpackedFile[] = [];
  const left = { nested: 0, locked: 0, unknown: 0, damaged: 0 };
  const wanted = entries.filter(({ filename }) => {
    if (isSystemPath(filename)) return false;
    if (NESTED.test(filename)) left.nested++;
    return isWanted(filename.slice(filename.lastIndexOf('/') + 1));
  });
  for (const [i, entry] of wanted.entries()) {
    if (entry.encrypted) left.locked++;
    else if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) left.unknown++;
    else {
      const result = await unpack(entry, meter, (stream) => new Response(stream).blob());
      if ('made' in result) files.push({ path: safePath(entry.filename), blob: result.made });
      else left.damaged++;
    }
    onProgress((i + 1) / wanted.length);
  }
  const notices: string[] = [];
  const tell = (count: number, what: string, why: string) => {
    if (count > 0) notices.push(`${count} ${what}${count === 1 ? '' : 's'} in the zip left out: ${why}.`);
  };
  tell(left.nested, 'archive', 'unpack it and drop its folders');
  tell(left.locked, 'photo', 'locked with a password');
  tell(left.unknown, 'photo', 'packed in a way that cannot be read here');
  tell(left.damaged, 'photo', 'damaged');
  return { files, notices };
}

/** A path without a drive and without empty, `.` and `..` parts, backslashes taken as slashes: a name, never a place outside. */
export function safePath(path: string): string {
  const parts = path.replaceAll('\\', '/').split('/');
  const plain = parts.filter((part) => part !== '' && part !== '.' && part !== '..');
  return plain.slice(plain.length > 1 && /^[a-z]:$/i.test(plain[0] ?? '') ? 1 : 0).join('/');
}
