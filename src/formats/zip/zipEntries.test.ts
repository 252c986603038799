import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Meter, unpack, zipEntries, type UnpackedStream, type ZipLimits } from './zipEntries.ts';
import { rawZip } from './zipFixtures.ts';

const LIMITS: ZipLimits = { entries: 10, totalBytes: 1e9, fileBytes: 1e9, ratio: 100 };
const PHOTO = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 251);
const zip = () => rawZip([{ name: 'cat/a.jpg', data: PHOTO }]);

type Sink = (stream: UnpackedStream) => Promise<unknown>;

async function unpackInto(sink: Sink, from: Blob = zip()) {
  const [entry] = await zipEntries(from, LIMITS);
  return unpack(entry!, new Meter(LIMITS), sink);
}

const bytesOf: Sink = (stream) => new Response(stream).arrayBuffer();

test('bytes come out as they went in', async () => {
  expect(await unpackInto(bytesOf)).toEqual({ made: PHOTO.buffer });
});

describe.each(['QuotaExceededError', 'NoSpaceError', 'NotReadableError', 'InvalidStateError', 'UnknownError'])(
  'a disk that fails with %s is not the photo being damaged, where the sink',
  (name) => {
    const failed = () => new DOMException('disk', name);
    const sinks: Record<string, Sink> = {
      'gives up before it reads': async () => {
        throw failed();
      },
      'lets go of the stream': async (stream) => {
        const reader = stream.getReader();
        await reader.read();
        reader.releaseLock();
        throw failed();
      },
      'cancels the stream first': async (stream) => {
        const reader = stream.getReader();
        await reader.read();
        const error = failed();
        await reader.cancel(error);
        throw error;
      },
      'keeps hold of the stream': async (stream) => {
        const reader = stream.getReader();
        await reader.read();
        throw failed();
      },
      'is a stream': (stream) =>
        stream.pipeTo(
          new WritableStream({
            write() {
              throw failed();
            },
          }),
        ),
      'fails at the end': async (stream) => {
        await bytesOf(stream);
        throw failed();
      },
    };
    test.each(Object.keys(sinks))('%s', async (which) => {
      await expect(unpackInto(sinks[which]!)).rejects.toMatchObject({ name });
    });
  },
);

describe('a damaged photo is not a disk that fails, where', () => {
  const damaged = async () => {
    const bytes = new Uint8Array(await zip().arrayBuffer());
    bytes[200_000]! ^= 1;
    return new Blob([bytes]);
  };

  test('its bytes are others', async () => {
    expect(await unpackInto(bytesOf, await damaged())).toHaveProperty('damaged');
  });

  test('they cannot be unpacked at all', async () => {
    const packed = new Uint8Array(deflateRawSync(PHOTO));
    packed.fill(0xff, 10);
    const from = rawZip([{ name: 'cat/a.jpg', data: packed }]);
    const bytes = new Uint8Array(await from.arrayBuffer());
    const view = new DataView(bytes.buffer);
    const directory = bytes.findLastIndex((_, i) => bytes[i] === 0x50 && bytes[i + 1] === 0x4b && bytes[i + 2] === 1);
    view.setUint16(8, 8, true);
    view.setUint16(directory + 10, 8, true);
    const through: Sink = async (stream) => {
      const reader = stream.getReader();
      try {
        for (;;) if ((await reader.read()).done) return null;
      } catch (error) {
        // As a writer of files does.
        await reader.cancel(error).catch(() => {});
        throw error;
      }
    };
    expect(await unpackInto(through, new Blob([bytes]))).toEqual({ damaged: null });
  });
});

test('a zip that is gone is said to be', async () => {
  const from = zip();
  let here = true;
  const part = (blob: Blob): Blob =>
    new Proxy(blob, {
      get(target, key) {
        if (key === 'slice') return (...range: [number, number]) => part(target.slice(...range));
        if (!here && ['arrayBuffer', 'stream', 'text', 'bytes'].includes(String(key))) {
          const error = new DOMException('gone', 'NotReadableError');
          return key === 'stream'
            ? () => new ReadableStream({ start: (controller) => controller.error(error) })
            : () => Promise.reject(error);
        }
        const value = Reflect.get(target, key) as unknown;
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  const [entry] = await zipEntries(part(from), LIMITS);
  here = false;
  await expect(unpack(entry!, new Meter(LIMITS), bytesOf)).rejects.toMatchObject({
    name: 'BadArchive',
    message: expect.stringMatching(/can no longer be read/),
  });
});
