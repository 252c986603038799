import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import { FIND, finderRun, SCENE } from '../../core/project/findFixtures.ts';
import { MemoryFiles } from './files.ts';
import { IdbRecords, openDatabase, UPGRADES } from './idbRecords.ts';
import { MemoryRecords } from './memoryRecords.ts';
import { ProjectStorage } from './ProjectStorage.ts';
import type { Records } from './records.ts';
import { NOTHING, photo } from './storageFixtures.ts';
import type { UnsavedChanges } from './unsavedChanges.ts';

let count = 0;
const kinds: [string, () => Promise<Records>][] = [
  ['IndexedDB', async () => new IdbRecords(await openDatabase(`find-${++count}`))],
  ['memory', async () => new MemoryRecords()],
];

/** A photo of no class, with boxes. */
function boxed(id: number): UnsavedChanges['photos'][number] {
  const { record, ...rest } = photo(id, `photo ${id}`, null);
  return { record: { ...record, scene: SCENE }, ...rest };
}

describe.each(kinds)('what is to be found, in %s', (_kind, open) => {
  let storage: ProjectStorage;
  let files: MemoryFiles;
  let id: string;
  let writer: string;
  beforeEach(async () => {
    files = new MemoryFiles();
    storage = new ProjectStorage(await open(), files);
    id = await storage.create('Raccoons');
    writer = await storage.claim(id);
  });

  test('boxes, classes, settings and runs come back, and the card counts them', async () => {
    const finders = [finderRun('f1'), { ...finderRun('f2'), created: '2026-02-01T00:00:00.000Z' }];
    await storage.save(id, writer, { ...NOTHING, photos: [boxed(1), photo(2, 'two', null)], find: FIND, finders });
    const loaded = await storage.load(id);
    expect(loaded.project.find).toEqual(FIND);
    expect(loaded.photos.map(({ scene }) => scene ?? null)).toEqual([SCENE, null]);
    expect(loaded.finders).toEqual(finders.toReversed());
    expect(loaded.notices).toEqual([]);
    expect(await storage.list()).toMatchObject([
      { photos: 1, boxes: 2, runs: 2, classes: ['cat', '__proto__'], mosaic: [1], lastFinder: 1 / 3 },
    ]);
  });

  test('a run that is renamed keeps its numbers, one that goes gives up their file to the sweeper', async () => {
    await storage.save(id, writer, { ...NOTHING, find: FIND, finders: [finderRun('f1'), finderRun('f2')] });
    const before = await files.list();
    await storage.save(id, writer, { ...NOTHING, finders: [{ ...finderRun('f1'), name: 'Best' }] });
    expect(await files.list()).toEqual(before);
    const named = (await storage.load(id)).finders.find((run) => run.id === 'f1');
    expect(named).toEqual({ ...finderRun('f1'), name: 'Best', finder: { ...finderRun('f1').finder, name: 'Best' } });
    await storage.save(id, writer, { ...NOTHING, goneFinders: ['f2'] });
    await storage.sweep();
    expect(await files.list()).toHaveLength(1);
    expect((await storage.load(id)).finders.map((run) => run.id)).toEqual(['f1']);
  });

  test('photos in Find, or that a finder learned from, are not tidied away; others of no class are', async () => {
    const photos = [boxed(1), photo(2, 'two', null), photo(3, 'three', null)];
    await storage.save(id, writer, { ...NOTHING, photos, finders: [finderRun('f1', '3', '1')] });
    await storage.tidy(id, writer);
    expect((await storage.load(id)).photos.map((one) => one.id)).toEqual([1, 3]);
  });

  test('a duplicate shares the files of finders, which outlive the original', async () => {
    await storage.save(id, writer, { ...NOTHING, photos: [boxed(1)], find: FIND, finders: [finderRun('f1')] });
    const copy = await storage.duplicate(id, 'Copy');
    await storage.delete(id);
    await storage.purge(id);
    const loaded = await storage.load(copy);
    expect(loaded.finders).toEqual([finderRun('f1')]);
    expect(loaded.photos.map(({ scene }) => scene)).toEqual([SCENE]);
  });

  test('numbers that are damaged leave their run out, and that is told', async () => {
    await storage.save(id, writer, { ...NOTHING, find: FIND, finders: [finderRun('f1'), finderRun('f2')] });
    const [first = ''] = await files.list();
    await files.write(first, new Blob(['x']).stream());
    const { finders, notices } = await storage.load(id);
    expect(finders).toHaveLength(1);
    expect(notices).toEqual(["1 finder was damaged in the browser's storage and left out."]);
  });

  test('on a full disk boxes are kept, and the run that is not is named', async () => {
    await storage.save(id, writer, { ...NOTHING, photos: [photo(1, 'one', null)] });
    files.write = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    const { record } = boxed(1);
    const outcome = await storage.save(id, writer, {
      ...NOTHING,
      photos: [{ record, blob: null, thumbnail: null }],
      find: FIND,
      finders: [finderRun('f1')],
    });
    expect(outcome).toMatchObject({ unsaved: [], unsavedRuns: ['f1'], problem: { name: 'StorageFull' } });
    const loaded = await storage.load(id);
    expect([loaded.photos[0]?.scene, loaded.project.find]).toEqual([SCENE, FIND]);
    expect([loaded.finders, loaded.notices]).toEqual([[], []]);
  });

  test('a save that is killed at the numbers of a run leaves the project as it was', async () => {
    await storage.save(id, writer, { ...NOTHING, photos: [boxed(1)], find: FIND });
    files.write = () => Promise.reject(new Error('killed'));
    const batch = { ...NOTHING, find: { ...FIND, classes: [] }, finders: [finderRun('f1')] };
    await expect(storage.save(id, writer, batch)).rejects.toThrow('killed');
    const loaded = await storage.load(id);
    expect([loaded.project.find, loaded.finders, loaded.notices]).toEqual([FIND, [], []]);
  });
});

test('a project of the schema before finders is opened with all that it had', async () => {
  const name = `find-${++count}`;
  const old = await openDatabase(name, UPGRADES.slice(0, 1));
  const at = '2026-01-01T00:00:00.000Z';
  await old.use(async (database) => {
    const project = { id: 'p', name: 'Old', created: at, changed: at, deleted: null, writer: null, options: null };
    await database.put('projects', { ...project, classes: [{ id: 'a', name: 'a', colour: 0 }] });
    const { scene: _scene, ...record } = photo(1, 'one', 'a').record;
    await database.put('photos', { ...record, project: 'p' });
  });
  old.close();
  const storage = new ProjectStorage(new IdbRecords(await openDatabase(name)), new MemoryFiles());
  const { photos, finders, project, notices } = await storage.load('p');
  expect(photos.map(({ member, scene }) => [member?.classId, scene])).toEqual([['a', undefined]]);
  expect([finders, project.find, notices]).toEqual([[], undefined, []]);
  const writer = await storage.claim('p');
  await storage.save('p', writer, { ...NOTHING, photos: [boxed(2)], find: FIND, finders: [finderRun('f1')] });
  expect((await storage.load('p')).photos.map(({ id, scene }) => [id, scene?.boxes.length])).toEqual([
    [1, undefined],
    [2, 2],
  ]);
});
