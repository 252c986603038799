import { Uint8ArrayWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import { describe, expect, test } from 'vitest';
import { contents, manifestOf, MemorySink, photo, read, tampered, written, zipOf } from './projectFileFixtures.ts';
import { type PhotoSink, PROJECT_LIMITS, readProjectFile } from './projectFileRead.ts';
import { zipEntries } from './zipEntries.ts';

describe('a project file', () => {
  test('comes back as it was', async () => {
    const sink = new MemorySink();
    const project = await read(await written(), sink);
    const { photos, runs, notices, ...rest } = project;
    const { photos: before, runs: runsBefore, ...restBefore } = contents();
    expect(rest).toEqual(restBefore);
    expect(photos.map(({ kept }) => sink.all.get(kept))).toEqual(before.map(({ id }) => `bytes of ${id}`));
    expect(photos.map(({ kept: _kept, bytes: _bytes, ...photo }) => photo)).toEqual(
      before.map(({ open: _open, ...photo }) => ({ ...photo, unreadable: false })),
    );
    expect(notices).toEqual([]);
    expect(runs).toEqual(runsBefore);
    expect(runs[0]!.run.batches[0]!.loss).toBeNaN();
  });

  test('written twice is the same, byte by byte', async () => {
    const [a, b] = await Promise.all([written(), written()].map(async (blob) => (await blob).arrayBuffer()));
    expect(Buffer.from(a!).equals(Buffer.from(b!))).toBe(true);
  });

  test('lies in class folders that every system and ImageFolder take', async () => {
    const names = [...(await zipEntries(await written(), PROJECT_LIMITS)).keys()];
    expect(names).toEqual([
      'train/___proto__/1.jpg',
      'train/___proto__/1 (2).JPG',
      'val/_CON/_evil_name.jpg',
      'unreadable/_CON/odd.jpg',
      'heads/r1.safetensors',
      'heads/h1.safetensors',
      'project.json',
    ]);
  });

  test('photos whose bytes are gone are left out', async () => {
    const from = contents();
    const gone = { ...from, photos: [photo(1, '1.jpg', 'a', { open: async () => null }), photo(2, '2.jpg', 'a')] };
    expect((await read(await written(gone))).photos.map(({ id }) => id)).toEqual([2]);
  });

  test('packed into one folder by someone is still read', async () => {
    const zip = await written();
    const files: Record<string, Uint8Array> = {};
    for (const [name, entry] of await zipEntries(zip, PROJECT_LIMITS)) {
      files[`My flowers/${name}`] = await entry.getData(new Uint8ArrayWriter(), { useWebWorkers: false });
    }
    expect((await read(await zipOf(files))).photos).toHaveLength(4);
  });

  test('a photo that is not the one named is left out, and so is a missing one', async () => {
    const manifest = await manifestOf(await written());
    const zip = await zipOf({ 'project.json': JSON.stringify(manifest), 'train/___proto__/1.jpg': 'other bytes' });
    const sink = new MemorySink();
    const project = await read(zip, sink);
    expect(project.photos).toEqual([]);
    expect(sink.all.size).toBe(0);
    expect(project.notices).toEqual([
      '3 photos were left out: not in the zip.',
      '1 photo was left out: not the bytes that project.json names.',
      'The run “Run 1” was left out: its head is not in the zip',
      'A head from a file was left out: its head is not in the zip',
    ]);
  });

  test('a file from before opened heads were kept is read', async () => {
    const older = await tampered((manifest) => void delete manifest.heads);
    expect((await read(older)).heads).toEqual([]);
  });

  test('a full disk stops the import as such', async () => {
    const sink: PhotoSink<number> = {
      keep: async () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
      drop: async () => {},
    };
    await expect(readProjectFile(await written(), 'p.zip', sink)).rejects.toMatchObject({ name: 'QuotaExceededError' });
  });

  test('can be cancelled', async () => {
    const stop = new AbortController();
    const reading = readProjectFile(await written(), 'p.zip', new MemorySink(), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});
