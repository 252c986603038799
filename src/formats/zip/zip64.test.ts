import { TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import { expect, test } from 'vitest';
import { readClassZip } from './classZip.ts';
import { readProjectFile } from '../project/projectFileRead.ts';
import { writeProjectFile } from '../project/projectFileWrite.ts';
import { zipEntries } from './zipEntries.ts';
import { SparseBlob } from './zipFixtures.ts';

const at = '2026-01-01T00:00:00.000Z';
const inMemory = {
  keep: async (stream: ReadableStream<Uint8Array>) => {
    const blob = await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).blob();
    return { kept: await blob.text(), blob };
  },
  drop: async () => {},
};

/** A project of one photo, written where `before` bytes of others already are. */
async function projectAfter(before: number): Promise<Blob> {
  const out = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const blob = new Response(out.readable).blob();
  const photo = { id: 1, name: '1.jpg', path: '1.jpg', type: 'image/jpeg', classId: 'a', holdout: null };
  await writeProjectFile(
    {
      name: 'p',
      created: at,
      changed: at,
      classes: [{ id: 'a', name: 'rose', colour: 0 }],
      options: null,
      photos: [{ ...photo, unreadable: false, open: async () => new Blob(['bytes of 1']) }],
      runs: [],
      heads: [],
      find: null,
      finders: [],
    },
    // zip.js counts on from the size that a stream says it has.
    Object.assign(out.writable as WritableStream<Uint8Array>, { size: before }),
  );
  return new SparseBlob(before, await blob);
}

const hasZip64End = async (zip: Blob) =>
  Buffer.from(await zip.slice(-200).arrayBuffer()).includes(Buffer.from([0x50, 0x4b, 6, 6]));

test.each([
  [2 ** 32 - 100, true],
  [5 * 2 ** 30, true],
  [2 ** 20, false],
])('a project written beyond %i bytes comes back (ZIP64: %s)', async (before, is64) => {
  const zip = await projectAfter(before);
  expect(zip.size).toBeGreaterThan(before);
  expect(await hasZip64End(zip)).toBe(is64);
  const { photos, notices } = await readProjectFile(zip, 'p.zip', inMemory);
  expect(photos.map(({ kept }) => kept)).toEqual(['bytes of 1']);
  expect(notices).toEqual([]);
  const { files } = await readClassZip(zip, (name) => name.endsWith('.jpg'));
  expect(await Promise.all(files.map(({ blob }) => blob.text()))).toEqual(['bytes of 1']);
});

test('a small zip all of whose records are ZIP64 is read by both readers', async () => {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, zip64: true });
  await writer.add('rose/1.jpg', new TextReader('first'), { level: 0 });
  await writer.add('tulip/2.jpg', new TextReader('second'));
  const zip = new Blob([(await writer.close()) as Uint8Array<ArrayBuffer>]);
  expect(await hasZip64End(zip)).toBe(true);
  expect((await zipEntries(zip, { entries: 2 })).map(({ uncompressedSize }) => uncompressedSize)).toEqual([5, 6]);
  const { photos, notices } = await readProjectFile(zip, 'p.zip', inMemory);
  expect(photos.map(({ path, kept }) => [path, kept])).toEqual([
    ['rose/1.jpg', 'first'],
    ['tulip/2.jpg', 'second'],
  ]);
  expect(notices).toEqual([]);
  const { files } = await readClassZip(zip, () => true);
  expect(await Promise.all(files.map(({ blob }) => blob.text()))).toEqual(['first', 'second']);
});
