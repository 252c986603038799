import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Files, MemoryFiles } from './files.ts';
import { IdbRecords, openDatabase } from './idbRecords.ts';
import { MemoryRecords } from './memoryRecords.ts';
import { ProjectStorage } from './ProjectStorage.ts';
import type { RunRow } from '../../core/project/model.ts';
import type { Records } from './records.ts';
import { head, run } from '../../core/project/fixtures.ts';
import { NOTHING, photo } from './storageFixtures.ts';

let count = 0;
const CLASSES = [
  { id: 'a', name: '__proto__', colour: 0 },
  { id: 'b', name: 'b', colour: 1 },
];

/** Refuses the photo after `room` bytes, as a full disk does. */
class SmallFiles extends MemoryFiles implements Files {
  constructor(private room: number) {
    super();
  }

  grow(bytes: number): void {
    this.room += bytes;
  }

  override async write(name: string, stream: ReadableStream<Uint8Array>): Promise<number> {
    const size = await super.write(name, stream);
    if (size <= this.room) {
      this.room -= size;
      return size;
    }
    await this.delete(name);
    throw new DOMException('full', 'QuotaExceededError');
  }
}

const kinds: [string, () => Promise<Records>][] = [
  ['IndexedDB', async () => new IdbRecords(await openDatabase(`test-${++count}`))],
  ['memory', async () => new MemoryRecords()],
];

describe.each(kinds)('projects in %s', (_kind, open) => {
  let storage: ProjectStorage;
  let files: MemoryFiles;
  let clock: number;
  let id: string;
  let writer: string;
  beforeEach(async () => {
    files = new MemoryFiles();
    clock = Date.parse('2026-01-01');
    storage = new ProjectStorage(await open(), files, undefined, () => new Date(clock));
    id = await storage.create('Flowers');
    writer = await storage.claim(id);
  });

  test('what is saved comes back: classes in order, photos, thumbnails, runs with their heads', async () => {
    const trained = head('r1');
    await storage.save(id, writer, {
      ...NOTHING,
      classes: CLASSES,
      photos: [photo(1, 'one', 'a'), photo(2, 'two', 'b')],
      runs: [{ run: run('r1', [1, 2]), head: trained }],
    });
    const loaded = await storage.load(id);
    expect(loaded.project.classes).toEqual(CLASSES);
    expect(loaded.photos.map(({ id, member }) => [id, member?.classId])).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
    const parts = await storage.photoParts(id, [
      { id: 2, file: 'file-2' },
      { id: 1, file: null },
      { id: 9, file: 'none' },
    ]);
    expect(await Promise.all(parts.map(({ file }) => file?.text() ?? null))).toEqual(['two', null, null]);
    expect(await Promise.all(parts.map(({ thumbnail }) => thumbnail?.text() ?? null))).toEqual([
      'small two',
      'small one',
      null,
    ]);
    expect(loaded.runs).toEqual([{ run: run('r1', [1, 2]), head: trained }]);
    expect(await storage.list()).toMatchObject([
      { id, name: 'Flowers', photos: 2, classes: ['__proto__', 'b'], runs: 1, bytes: 62 },
    ]);
  });

  test('its card shows photos of all classes in turn, and how right the newest measured run is', async () => {
    const metrics = { ...run('r1', []).metrics, count: 50, accuracy: { value: 0.88, low: 0, high: 1, count: 50 } };
    await storage.save(id, writer, {
      ...NOTHING,
      classes: CLASSES,
      photos: [...[1, 2, 3].map((n) => photo(n, 'x', 'a')), photo(4, 'y', 'b'), photo(5, 'loose', null)],
      runs: [
        { run: { ...run('r1', []), metrics } as RunRow, head: head('r1') },
        { run: { ...run('r2', []), created: '2026-02-01T00:00:00.000Z', metrics: null }, head: head('r2') },
      ],
    });
    expect(await storage.list()).toMatchObject([{ mosaic: [1, 4, 2, 3], lastRun: { right: 44, count: 50 } }]);
  });

  test('a project comes with its first batch, under the first free name, and its writer goes on', async () => {
    await storage.create('Project 2');
    const first = { ...NOTHING, classes: CLASSES, photos: [photo(1, 'one', 'a')] };
    expect(await storage.begin('new', 'me', first)).toMatchObject({ name: 'Project 3', unsaved: [], problem: null });
    await storage.save('new', 'me', { ...NOTHING, photos: [photo(2, 'two', 'b')] });
    await expect(storage.save('new', 'other', NOTHING)).rejects.toMatchObject({ name: 'TakenOver' });
    const { project, photos } = await storage.load('new');
    expect(project).toMatchObject({ name: 'Project 3', classes: CLASSES, created: '2026-01-01T00:00:00.000Z' });
    expect(photos.map((one) => one.id)).toEqual([1, 2]);
  });

  test('a project whose first file cannot be written is not there', async () => {
    files.write = () => Promise.reject(new Error('killed'));
    await expect(storage.begin('new', 'me', { ...NOTHING, photos: [photo(1, 'one', null)] })).rejects.toThrow('killed');
    expect((await storage.list()).map(({ name }) => name)).toEqual(['Flowers']);
  });

  test('heads from a file come back, are kept once, outlive the sweeper and the original of a duplicate, and go', async () => {
    const [one, two] = [head('h1'), head('h2')];
    await storage.save(id, writer, { ...NOTHING, heads: [{ id: 'h1', name: one.name, head: one }] });
    const [file] = await files.list();
    await storage.save(id, writer, {
      ...NOTHING,
      heads: [
        { id: 'h1', name: one.name, head: null },
        { id: 'h2', name: two.name, head: two },
      ],
    });
    await storage.save(id, writer, { ...NOTHING, classes: CLASSES });
    await storage.sweep();
    expect(await files.list()).toContain(file);
    expect((await storage.load(id)).heads).toEqual([one, two]);
    const copy = await storage.duplicate(id, 'Copy');
    await storage.save(id, writer, { ...NOTHING, heads: [{ id: 'h2', name: 'Best', head: null }] });
    await storage.sweep();
    expect((await storage.load(id)).heads).toEqual([{ ...two, name: 'Best' }]);
    expect((await storage.load(copy)).heads).toEqual([one, two]);
    await files.delete(file!);
    const damaged = await storage.load(copy);
    expect(damaged.heads).toEqual([two]);
    expect(damaged.notices).toEqual(["1 opened head was damaged in the browser's storage and left out."]);
  });

  test('a change of a run needs no head again; a photo and a run can go', async () => {
    await storage.save(id, writer, {
      ...NOTHING,
      photos: [photo(1, 'one', 'a')],
      runs: [{ run: run('r1', [1]), head: head('r1') }],
    });
    const renamed = { ...run('r1', [1]), name: 'Best' };
    await storage.save(id, writer, { ...NOTHING, runs: [{ run: renamed, head: null }] });
    expect((await storage.load(id)).runs).toEqual([{ run: renamed, head: { ...head('r1'), name: 'Best' } }]);
    await storage.save(id, writer, { ...NOTHING, gonePhotos: [1], goneRuns: ['r1'] });
    expect(await storage.load(id)).toMatchObject({ photos: [], runs: [] });
    await storage.sweep();
    expect(await files.list()).toEqual([]);
  });

  test('a full disk keeps what fits and names the rest', async () => {
    const small = new ProjectStorage(storage.records, new SmallFiles(5));
    const photos = [photo(1, 'one', 'a'), photo(2, 'two', 'a'), photo(3, 'six', 'a')];
    const outcome = await small.save(id, writer, { ...NOTHING, classes: CLASSES, photos });
    expect(outcome.unsaved).toEqual([2, 3]);
    expect(outcome.problem).toMatchObject({ name: 'StorageFull', message: expect.stringContaining('no room') });
    const loaded = await small.load(id);
    expect(loaded.photos.map((record) => record.id)).toEqual([1]);
    expect(loaded.project.classes).toEqual(CLASSES);
  });

  test('before a photo is left out, what can be made again makes room', async () => {
    const full = new SmallFiles(3);
    const roomy = new ProjectStorage(storage.records, full, async () => full.grow(3));
    const photos = [photo(1, 'one', 'a'), photo(2, 'two', 'a'), photo(3, 'six', 'a')];
    expect(await roomy.save(id, writer, { ...NOTHING, photos })).toMatchObject({ unsaved: [3] });
    expect(await full.list()).toEqual(['file-1', 'file-2']);
  });

  test('a project that another tab has deleted can be neither opened nor written', async () => {
    await storage.delete(id);
    await expect(storage.claim(id)).rejects.toThrow('has been deleted');
    await expect(storage.load(id)).rejects.toThrow('has been deleted');
    await expect(storage.save(id, writer, NOTHING)).rejects.toMatchObject({ name: 'TakenOver' });
  });

  test('a tab that was taken over can no longer write', async () => {
    const other = await storage.claim(id);
    await expect(storage.save(id, writer, { ...NOTHING, classes: CLASSES })).rejects.toMatchObject({
      name: 'TakenOver',
    });
    expect((await storage.load(id)).project.classes).toEqual([]);
    await storage.save(id, other, { ...NOTHING, classes: CLASSES });
    expect((await storage.load(id)).project.classes).toEqual(CLASSES);
  });

  test('a duplicate shares the files, and outlives the original', async () => {
    await storage.save(id, writer, {
      ...NOTHING,
      classes: CLASSES,
      photos: [photo(1, 'one', 'a')],
      runs: [{ run: run('r1', [1]), head: head('r1') }],
    });
    const copy = await storage.duplicate(id, 'Flowers 2');
    expect(await files.list()).toHaveLength(2);
    await storage.delete(id);
    await storage.purge(id);
    const loaded = await storage.load(copy);
    expect(loaded).toMatchObject({ project: { name: 'Flowers 2', classes: CLASSES }, runs: [{ head: head('r1') }] });
    const [part] = await storage.photoParts(copy, loaded.photos);
    expect(await part?.file?.text()).toBe('one');
    expect(await part?.thumbnail?.text()).toBe('small one');
    expect((await storage.list()).map((summary) => summary.id)).toEqual([copy]);
  });

  test('a deleted project can be taken back until it is purged, a minute later', async () => {
    await storage.save(id, writer, { ...NOTHING, photos: [photo(1, 'one', 'a')] });
    await storage.delete(id);
    expect(await storage.list()).toEqual([]);
    await storage.purge();
    await storage.restore(id);
    expect((await storage.load(id)).photos).toHaveLength(1);
    await storage.delete(id);
    clock += 61_000;
    await storage.purge();
    await expect(storage.load(id)).rejects.toThrow('has been deleted');
    expect(await files.list()).toEqual([]);
  });

  test('the sweeper removes what a kill left behind and nothing else', async () => {
    await storage.save(id, writer, { ...NOTHING, photos: [photo(1, 'one', 'a')] });
    await files.write('half', new Blob(['x']).stream());
    await storage.sweep();
    expect(await files.list()).toEqual(['file-1']);
  });

  test('photos out of all classes stay as long as a run shows them', async () => {
    await storage.save(id, writer, {
      ...NOTHING,
      photos: [photo(1, 'one', null), photo(2, 'two', null), photo(3, 'three', 'a')],
      runs: [{ run: run('r1', [2]), head: head('r1') }],
    });
    await storage.tidy(id, writer);
    expect((await storage.load(id)).photos.map((record) => record.id)).toEqual([2, 3]);
  });

  test('a run whose numbers are damaged is left out and told', async () => {
    await storage.save(id, writer, { ...NOTHING, runs: [{ run: run('r1', []), head: head('r1') }] });
    for (const name of await files.list()) await files.write(name, new Blob(['short']).stream());
    const loaded = await storage.load(id);
    expect(loaded.runs).toEqual([]);
    expect(loaded.notices).toEqual(["1 run was damaged in the browser's storage and left out."]);
  });

  test('a commit that fails half-way leaves nothing', async () => {
    const bad = { ...photo(1, 'one', 'a').record, project: id, name: (() => 1) as unknown as string };
    if (storage.records instanceof MemoryRecords) return;
    await expect(
      storage.commit([
        { merge: id, fields: { name: 'changed' } },
        { put: 'photos', value: bad },
      ]),
    ).rejects.toThrow();
    expect((await storage.load(id)).project.name).toBe('Flowers');
  });
});

test('an older schema is upgraded step by step, and a newer one is left alone', async () => {
  const { UPGRADES } = await import('./idbRecords.ts');
  const name = `test-${++count}`;
  const old = await openDatabase(name);
  const id = await new ProjectStorage(new IdbRecords(old), new MemoryFiles()).create('Old');
  old.close();
  const newer = await openDatabase(name, [
    ...UPGRADES,
    async (_database, transaction) => {
      const projects = transaction.objectStore('projects');
      for (const project of await projects.getAll()) await projects.put({ ...project, name: `${project.name}er` });
    },
  ]);
  expect((await new ProjectStorage(new IdbRecords(newer), new MemoryFiles()).load(id)).project.name).toBe('Older');
  newer.close();
  await expect(openDatabase(name)).rejects.toMatchObject({
    name: 'StorageDenied',
    message: expect.stringContaining('newer'),
  });
});

async function deleteDatabase(name: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener('success', () => resolve());
    request.addEventListener('error', () => reject(request.error));
  });
}

test('a database that is deleted under the page is opened again, says what it has lost, and takes it anew', async () => {
  const name = `test-${++count}`;
  const files = new MemoryFiles();
  const storage = new ProjectStorage(new IdbRecords(await openDatabase(name)), files);
  const id = await storage.create('Flowers');
  const writer = await storage.claim(id);
  const batch = { ...NOTHING, classes: CLASSES, photos: [photo(1, 'one', 'a'), photo(2, 'two', 'b')] };
  await storage.save(id, writer, batch);
  await deleteDatabase(name);
  expect(await storage.list()).toEqual([]);
  await expect(storage.save(id, writer, NOTHING)).rejects.toMatchObject({ name: 'ProjectLost' });
  // Its files are still there, and are not taken for rubbish.
  await storage.purge();
  await storage.sweep();
  expect((await files.list()).sort()).toEqual(['file-1', 'file-2']);
  // Their bytes are not written again.
  const unreadable = { ...new Blob(['two']), size: 3 } as Blob;
  const [first, second] = batch.photos;
  const again = [
    { ...first!, again: true },
    { ...second!, blob: unreadable, again: true },
  ];
  const begun = await storage.begin(id, writer, { ...batch, photos: again }, 'Flowers');
  expect(begun).toMatchObject({ name: 'Flowers', unsaved: [], problem: null });
  await storage.save(id, writer, { ...NOTHING, gonePhotos: [2] });
  expect((await storage.load(id)).photos.map((one) => one.id)).toEqual([1]);
  await storage.sweep();
  expect(await files.list()).toEqual(['file-1']);
});

test('the last project that is purged takes its files along', async () => {
  const files = new MemoryFiles();
  const storage = new ProjectStorage(new IdbRecords(await openDatabase(`test-${++count}`)), files);
  const id = await storage.create('Flowers');
  await storage.save(id, await storage.claim(id), { ...NOTHING, classes: CLASSES, photos: [photo(1, 'one', 'a')] });
  await storage.delete(id);
  await storage.purge(id);
  expect(await files.list()).toEqual([]);
});
