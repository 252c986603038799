import {
  BlobReader,
  ERR_BAD_FORMAT,
  ERR_EOCDR_NOT_FOUND,
  type FileEntry,
  ZipReader,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { AnysizeError } from '../../core/errors.ts';

/** How much is taken from a zip; counted while it is unpacked, whatever the zip claims. */
export interface ZipLimits {
  entries: number;
  totalBytes: number;
  fileBytes: number;
  /** Times its packed size that a file above a megabyte may unpack to. Photos hardly shrink; bombs shrink a thousandfold. */
  ratio: number;
}

const FREE_BYTES = 2 ** 20;

/** Bytes of a file in a zip, as they come out. */
export type UnpackedStream = ReadableStream<Uint8Array<ArrayBuffer>>;

/** zip.js says so of a zip that lost its first bytes, and would go on with offsets that it guesses. */
const SHIFTED = 'mismatched central directory offset';

export function badArchive(why: string): AnysizeError {
  return new AnysizeError('BadArchive', why);
}

/** Counts what comes out of a zip, over all of its files. */
export class Meter {
  private total = 0;

  constructor(private readonly limits: ZipLimits) {}

  /** @throws AnysizeError `BadArchive`, through the stream, where a limit is passed */
  counted(entry: FileEntry): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
    const { totalBytes, fileBytes, ratio } = this.limits;
    const room = Math.min(fileBytes, totalBytes - this.total);
    let bytes = 0;
    return new TransformStream({
      transform: (chunk, controller) => {
        bytes += chunk.length;
        this.total += chunk.length;
        const bomb = bytes > FREE_BYTES && bytes > ratio * entry.compressedSize;
        if (bomb || bytes > room) {
          const why = bomb
            ? `is packed ${ratio} times smaller than it is, as no photo can be`
            : `passes the limit of ${room < 1e6 ? `${room} bytes` : `${Math.round(room / 1e6)} MB`} that was left`;
          throw badArchive(
            `The zip unpacks to more than can be taken here: “${entry.filename}” ${why}. Nothing was imported. Unpack it and drop its folders instead.`,
          );
        }
        controller.enqueue(chunk);
      },
    });
  }
}

/**
 * The files of a zip in its own order, folders left out; names may repeat.
 * @throws AnysizeError `BadArchive` where it is none, is cut short or damaged, or has too many
 */
export async function zipEntries(zip: Blob, limits: Pick<ZipLimits, 'entries'>): Promise<FileEntry[]> {
  const broken = (why: string) =>
    badArchive(`The zip cannot be read: ${why}. Make it again, or drop the folders themselves.`);
  const files: FileEntry[] = [];
  let count = 0;
  // Names are judged where they are used; nothing is ever written under them.
  const reader = new ZipReader(new BlobReader(zip), { useWebWorkers: false, filenameValidation: 'tolerant' });
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (++count > limits.entries) {
        throw badArchive(
          `The zip holds more than ${limits.entries} files, the most that are read here. Drop fewer, or the folders themselves.`,
        );
      }
      if (!entry.directory) files.push(entry);
    }
  } catch (error) {
    if (error instanceof AnysizeError) throw error;
    const why = error instanceof Error ? error.message : '';
    const isNone = why === ERR_BAD_FORMAT || why === ERR_EOCDR_NOT_FOUND;
    throw broken(isNone ? 'it is cut short or is no zip file' : 'its directory is damaged');
  }
  if (reader.warnings?.some(({ reason }) => reason === SHIFTED)) throw broken('it is cut short');
  return files;
}

/**
 * Unpacks one file into `sink`, counted by the meter and checked against its CRC-32.
 * @returns what the sink made of it; null where the file is damaged, locked, or packed in a way that cannot be read
 * @throws AnysizeError `BadArchive` past a limit, and where the zip itself is gone; whatever the sink throws of its own accord
 */
export async function unpack<T>(
  entry: FileEntry,
  meter: Meter,
  sink: (stream: UnpackedStream) => Promise<T>,
  signal?: AbortSignal,
): Promise<{ made: T } | { damaged: T | null }> {
  if (entry.encrypted) return { damaged: null };
  const { readable, writable } = meter.counted(entry);
  const { stream, broken, stop } = watched(readable);
  let failure: { error: unknown } | null = null;
  const unpacking = entry
    .getData(writable, {
      useWebWorkers: false,
      checkCrc32: true,
      checkOverlappingEntry: true,
      // Sloppy zippers write other numbers there; size and CRC-32 of what comes out are those of the directory, or it is damaged.
      checkLocalDirectory: false,
      ...(signal && { signal }),
    })
    .catch(async (error: unknown) => {
      failure = { error };
      await writable.abort(error).catch(() => {});
    });
  const sunk = await sink(stream).then(
    (made) => ({ made }),
    async (error: unknown) => {
      const ofSink = broken.by !== 'source';
      // A sink that gives up leaves the unpacking waiting for it.
      await stop(error);
      return { error, ofSink };
    },
  );
  await unpacking;
  signal?.throwIfAborted();
  if ('ofSink' in sunk && sunk.ofSink) throw sunk.error;
  // What the meter throws breaks the stream; the unpacking may only tell that it found it broken.
  if (broken.error instanceof AnysizeError) throw broken.error;
  if (isUnreadable(failure)) throw badArchive('The zip can no longer be read: it was moved, changed or taken out.');
  if ('made' in sunk) return failure ? { damaged: sunk.made } : sunk;
  return { damaged: null };
}

/**
 * A stream as it is, and who broke it, told apart where it happens: a sink that fails and a file that cannot be unpacked each break the other's
 * end, with the same error.
 */
function watched(readable: UnpackedStream) {
  const reader = readable.getReader();
  const broken: { by: 'source' | 'sink' | null; error: unknown } = { by: null, error: null };
  const breaks = (by: 'source' | 'sink', error: unknown) => {
    if (broken.by === null) Object.assign(broken, { by, error });
  };
  /** Ends the source also where the sink still holds the stream. */
  const stop = (reason: unknown) => reader.cancel(reason).catch(() => {});
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { done, value } = await reader.read().catch((error: unknown) => {
          breaks('source', error);
          throw error;
        });
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel(reason) {
        breaks('sink', reason);
        return stop(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, broken, stop };
}

/** What reading a file gives that is gone. */
function isUnreadable(failure: { error: unknown } | null): boolean {
  const error = failure?.error;
  return error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError');
}
