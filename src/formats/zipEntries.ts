import { BlobReader, type FileEntry, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';
import { AnysizeError } from '../engine/errors.ts';

/** How much is taken from a zip; counted while it is unpacked, whatever the zip claims. */
export interface ZipLimits {
  entries: number;
  totalBytes: number;
  fileBytes: number;
  /** Times its packed size that a file above a megabyte may unpack to. Photos hardly shrink; bombs shrink a thousandfold. */
  ratio: number;
}

const FREE_BYTES = 2 ** 20;

export function badArchive(why: string): AnysizeError {
  return new AnysizeError('BadArchive', why);
}

/** Counts what comes out of a zip, over all of its files. */
export class Meter {
  private total = 0;

  constructor(private readonly limits: ZipLimits) {}

  /** @throws AnysizeError `BadArchive`, through the stream, where a limit is passed */
  counted(entry: FileEntry): TransformStream<Uint8Array, Uint8Array> {
    const { totalBytes, fileBytes, ratio } = this.limits;
    let bytes = 0;
    return new TransformStream({
      transform: (chunk, controller) => {
        bytes += chunk.length;
        this.total += chunk.length;
        const bomb = bytes > FREE_BYTES && bytes > ratio * entry.compressedSize;
        if (bomb || bytes > fileBytes || this.total > totalBytes) {
          const why = bomb
            ? `is packed ${ratio} times smaller than it is, as no photo can be`
            : 'is larger than can be taken here';
          throw badArchive(`The zip was refused: “${entry.filename}” ${why}. Nothing was imported.`);
        }
        controller.enqueue(chunk);
      },
    });
  }
}

/**
 * The files of a zip by their names, folders left out.
 * @throws AnysizeError `BadArchive` where it is none, is cut short, names a file twice or has too many
 */
export async function zipEntries(zip: Blob, limits: ZipLimits): Promise<Map<string, FileEntry>> {
  const files = new Map<string, FileEntry>();
  let count = 0;
  try {
    // Names are judged where they are used; nothing is ever written under them.
    const reader = new ZipReader(new BlobReader(zip), { useWebWorkers: false, filenameValidation: 'tolerant' });
    for await (const entry of reader.getEntriesGenerator()) {
      if (++count > limits.entries) {
        throw badArchive(`The zip holds more than ${limits.entries} files, the most that are read here.`);
      }
      if (entry.directory) continue;
      if (files.has(entry.filename)) {
        throw badArchive(`The zip was refused: it holds two files named “${entry.filename}”.`);
      }
      files.set(entry.filename, entry);
    }
  } catch (error) {
    if (error instanceof AnysizeError) throw error;
    throw badArchive('The zip cannot be read: it is cut short, damaged, or no zip file.');
  }
  return files;
}

/**
 * Unpacks one file into `sink`, counted by the meter and checked against its CRC-32.
 * @returns what the sink made of it; null where the file is damaged, locked, or packed in a way that cannot be read
 * @throws AnysizeError `BadArchive` past a limit; whatever the sink throws
 */
export async function unpack<T>(
  entry: FileEntry,
  meter: Meter,
  sink: (stream: ReadableStream<Uint8Array>) => Promise<T>,
  signal?: AbortSignal,
): Promise<{ made: T } | { damaged: T | null }> {
  if (entry.encrypted) return { damaged: null };
  const { readable, writable } = meter.counted(entry);
  let broken = false;
  let limit: unknown = null;
  const unpacking = entry
    .getData(writable, {
      useWebWorkers: false,
      checkCrc32: true,
      checkOverlappingEntry: true,
      ...(signal && { signal }),
    })
    .catch(async (error: unknown) => {
      broken = true;
      if (error instanceof AnysizeError) limit = error;
      await writable.abort(error).catch(() => {});
    });
  const sunk = await sink(readable).then(
    (made) => ({ made }),
    async (error: unknown) => {
      // A sink that gives up leaves the unpacking waiting for it.
      if (!readable.locked) await readable.cancel(error);
      return { error };
    },
  );
  await unpacking;
  signal?.throwIfAborted();
  if (limit !== null) throw limit;
  if ('made' in sunk) return broken ? { damaged: sunk.made } : sunk;
  if (sunk.error instanceof AnysizeError || !broken || isSinkError(sunk.error)) throw sunk.error;
  return { damaged: null };
}

/** A full disk breaks the stream too, and is not the zip's fault. */
function isSinkError(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
