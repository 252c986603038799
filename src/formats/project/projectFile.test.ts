import { Uint8ArrayWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import { describe, expect, test } from 'vitest';
import { head, run } from '../../core/project/fixtures.ts';
import {
  contents,
  exchanged,
  firstManifest,
  manifestOf,
  MemorySink,
  photo,
  read,
  written,
} from './projectFileFixtures.ts';
import { zipOf } from '../zip/zipFixtures.ts';
import { type PhotoSink, PROJECT_LIMITS, readProjectFile } from './projectFileRead.ts';
import { zipEntries } from '../zip/zipEntries.ts';

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
    const names = (await zipEntries(await written(), PROJECT_LIMITS)).map(({ filename }) => filename);
    expect(names).toEqual([
      'train/___proto__/1.jpg',
      'train/___proto__/1 2.JPG',
      'val/_CON/_evil_name.jpg',
      'unreadable/_CON/odd.jpg',
      'find/1.jpg',
      'runs/r1.json',
      'heads/r1.safetensors',
      'finders/f1.json',
      'finders/f1.safetensors',
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
    for (const entry of await zipEntries(zip, PROJECT_LIMITS)) {
      files[`My flowers/${entry.filename}`] = await entry.getData(new Uint8ArrayWriter(), { useWebWorkers: false });
    }
    expect((await read(await zipOf(files))).photos).toHaveLength(5);
  });

  test('a photo that is not the one named is left out, and so is a missing one', async () => {
    const manifest = await manifestOf(await written());
    const zip = await zipOf({ 'project.json': JSON.stringify(manifest), 'train/___proto__/1.jpg': 'other bytes' });
    const sink = new MemorySink();
    const project = await read(zip, sink);
    expect(project.photos).toEqual([]);
    expect(sink.all.size).toBe(0);
    expect(project.notices).toEqual([
      '4 photos were left out: not in the zip.',
      '1 photo was left out: not the bytes that project.json names.',
      'The run “Run 1” was left out: its runs/r1.json is not in the zip',
      'A head from a file was left out: its head is not in the zip',
      'The finder “Finder 1” was left out: its finders/f1.json is not in the zip',
    ]);
  });

  test('a file none of whose photos are in the zip is refused', async () => {
    const zip = await zipOf({ 'project.json': JSON.stringify(await manifestOf(await written())) });
    const sink = new MemorySink();
    await expect(read(zip, sink)).rejects.toMatchObject({
      name: 'BadArchive',
      message: expect.stringContaining('none of its 5 photos are in the zip'),
    });
    expect(sink.all.size).toBe(0);
  });

  test('a file of version 1, with its runs in project.json, is read', async () => {
    const first = await exchanged({ 'project.json': JSON.stringify(await firstManifest()), 'runs/r1.json': null });
    const { runs, notices } = await read(first);
    expect(notices).toEqual([]);
    expect(runs).toEqual(contents().runs);
  });

  test('a run without its head is left out', async () => {
    const { runs, notices } = await read(await exchanged({ 'heads/r1.safetensors': null }));
    expect(runs).toEqual([]);
    expect(notices).toEqual(['The run “Run 1” was left out: its head is not in the zip']);
  });

  test(
    'runs that one file could not hold come back, also where their numbers are all alike',
    { timeout: 120_000 },
    async () => {
      const big = (id: string) => {
        const one = run(id, [1, 3]);
        const predictions = Array.from({ length: 20_000 }, (_, i) => ({ ...one.predictions[0]!, id: String(i) }));
        return { run: { ...one, predictions }, head: head(id, 1280) };
      };
      const from = { ...contents(), runs: ['r1', 'r2', 'r3'].map(big) };
      // Room for each of them, and not for all in one file.
      const limits = { ...PROJECT_LIMITS, fileBytes: 2_400_000 };
      const { runs, notices } = await readProjectFile(await written(from), 'p.zip', new MemorySink(), { limits });
      expect(notices).toEqual([]);
      expect(runs.map((each) => [each.run.id, each.run.predictions.length])).toEqual(
        from.runs.map(({ run }) => [run.id, 20_000]),
      );
      expect(runs[2]!.run.predictions).toEqual(from.runs[2]!.run.predictions);
    },
  );

  test('what could not be read again is not written', { timeout: 120_000 }, async () => {
    const one = run('r1', [1, 3]);
    const huge = { ...one, notices: Array.from({ length: 14_000 }, () => 'x'.repeat(9999)) };
    const from = { ...contents(), runs: [{ run: huge, head: head('r1', 1280) }] };
    await expect(written(from)).rejects.toMatchObject({
      name: 'BadArchive',
      message:
        'The project cannot be exported: the run “Run 1” takes 134 MiB; the most that is read again is 128 MiB. Delete that run, then export again.',
    });
  });

  test('a file from before opened heads were kept is read', async () => {
    const { heads: _heads, ...manifest } = await manifestOf(await written());
    const older = await exchanged({ 'project.json': JSON.stringify(manifest) });
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
