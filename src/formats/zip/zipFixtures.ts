import {
  BlobReader,
  TextReader,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipReader,
  ZipWriter,
} from '@zip.js/zip.js/lib/zip-core-native.js';

type Content = string | Uint8Array;

/** Bytes of a zip of these files; text unless bytes. */
export async function zipBytes(
  files: Readonly<Record<string, Content | { stored: Content }>>,
  level = 6,
): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, level, extendedTimestamp: false });
  for (const [name, file] of Object.entries(files)) {
    const isStored = typeof file === 'object' && 'stored' in file;
    const data = isStored ? file.stored : file;
    const reader = typeof data === 'string' ? new TextReader(data) : new Uint8ArrayReader(data);
    await zip.add(name, reader, isStored ? { level: 0 } : {});
  }
  return zip.close();
}

/** A zip of these files, stored unless a level is given. */
export async function zipOf(files: Readonly<Record<string, Content>>, level = 0): Promise<Blob> {
  return new Blob([await zipBytes(files, level)]);
}

/** The files of a zip by their names. */
export async function unzip(zip: Uint8Array<ArrayBuffer>): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const files: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const entry of await new ZipReader(new BlobReader(new Blob([zip]))).getEntries()) {
    if (!entry.directory) files[entry.filename] = await entry.getData(new Uint8ArrayWriter(), { useWebWorkers: false });
  }
  return files;
}

/**
 * A zip of stored files whose names are written as they are: twice, climbing, with NUL, which proper writers refuse.
 * Names are UTF-8, by flag.
 */
export function rawZip(files: readonly { name: string; data: Uint8Array<ArrayBuffer> }[]): Blob {
  const body: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  for (const { name, data } of files) {
    const bytes = new TextEncoder().encode(name);
    const local = new DataView(new ArrayBuffer(30));
    local.setUint32(0, 0x04034b50, true);
    local.setUint16(4, 20, true);
    local.setUint16(6, 0x800, true);
    local.setUint32(14, crc32(data), true);
    local.setUint32(18, data.length, true);
    local.setUint32(22, data.length, true);
    local.setUint16(26, bytes.length, true);
    const central = new DataView(new ArrayBuffer(46));
    central.setUint32(0, 0x02014b50, true);
    central.setUint16(4, 20, true);
    // From the version to the length of the name both say the same.
    new Uint8Array(central.buffer).set(new Uint8Array(local.buffer, 4, 24), 6);
    central.setUint32(42, at, true);
    body.push(new Uint8Array(local.buffer), bytes, data);
    directory.push(new Uint8Array(central.buffer), bytes);
    at += 30 + bytes.length + data.length;
  }
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, files.length, true);
  end.setUint16(10, files.length, true);
  end.setUint32(
    12,
    directory.reduce((sum, { length }) => sum + length, 0),
    true,
  );
  end.setUint32(16, at, true);
  return new Blob([...body, ...directory, end]);
}

/** CRC-32 as zip has it (ISO 3309), bit by bit: independent of the one that reads it. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A file of `hole` zero bytes, which take no memory, and these bytes after them. */
export class SparseBlob extends Blob {
  constructor(
    private readonly hole: number,
    private readonly rest: Blob,
    private readonly from = 0,
    private readonly to = hole + rest.size,
  ) {
    super();
  }

  override get size(): number {
    return this.to - this.from;
  }

  override slice(start = 0, end = this.size): Blob {
    const within = (at: number) => this.from + Math.min(Math.max(at < 0 ? this.size + at : at, 0), this.size);
    return new SparseBlob(this.hole, this.rest, within(start), Math.max(within(start), within(end)));
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    const zeros = Math.max(0, Math.min(this.to, this.hole) - this.from);
    if (zeros > 2 ** 24) throw new RangeError(`${zeros} bytes of a hole are read at once`);
    const rest = this.rest.slice(Math.max(0, this.from - this.hole), Math.max(0, this.to - this.hole));
    return new Blob([new Uint8Array(zeros), rest]).arrayBuffer();
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return new ReadableStream({
      start: async (controller) => {
        controller.enqueue(new Uint8Array(await this.arrayBuffer()));
        controller.close();
      },
    });
  }
}
