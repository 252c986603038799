import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { exportProject, importProject } from './importExport.ts';
import { MemoryFiles } from './files.ts';
import { MemoryRecords } from './memoryRecords.ts';
import { ProjectStorage } from './ProjectStorage.ts';
import type { UnsavedChanges } from './unsavedChanges.ts';
import { FIND, finderRun, SCENE } from '../../core/project/findFixtures.ts';
import { head, run } from '../../core/project/fixtures.ts';
import { NOTHING, photo } from './storageFixtures.ts';

const CLASSES = [
  { id: 'a', name: 'a/b', colour: 5 },
  { id: 'b', name: 'empty', colour: 1 },
];

/** A photo of no class, with boxes. */
function inFind(id: number, text: string): UnsavedChanges['photos'][number] {
  const { record, ...rest } = photo(id, text, null);
  return { record: { ...record, scene: SCENE }, ...rest };
}

async function filled(): Promise<{ storage: ProjectStorage; id: string }> {
  const storage = new ProjectStorage(new MemoryRecords(), new MemoryFiles());
  const id = await storage.create('Flowers');
  await storage.save(id, await storage.claim(id), {
    ...NOTHING,
    classes: CLASSES,
    photos: [photo(1, 'one', 'a'), photo(2, 'two', null), photo(7, 'three', 'a'), inFind(9, 'nine')],
    runs: [{ run: run('r1', [1, 2]), head: head('r1', 1280) }],
    heads: [{ id: 'h1', name: 'Run 1', head: head('h1', 1280) }],
    find: FIND,
    finders: [finderRun('f1', '9', '1')],
  });
  return { storage, id };
}

async function exported(storage: ProjectStorage, id: string, unsaved: UnsavedChanges | null = null): Promise<Blob> {
  const out = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const blob = new Response(out.readable).blob();
  await exportProject(storage, id, out.writable as WritableStream<Uint8Array>, { unsaved });
  return blob;
}

/** Everything of a project that a person made, with hashes for its bytes. */
async function contentsOf(storage: ProjectStorage, id: string) {
  const { project, photos, runs, heads, finders } = await storage.load(id);
  const members = photos.filter(({ member, scene }) => member !== null || scene);
  const files = await storage.photoParts(id, members);
  const hash = (bytes: ArrayBuffer) => createHash('sha256').update(new Uint8Array(bytes)).digest('hex');
  return {
    name: project.name,
    created: project.created,
    classes: project.classes,
    options: project.options,
    photos: await Promise.all(
      members.map(async ({ id, name, path, type, member, scene }, i) => ({
        id,
        name,
        path,
        type,
        member,
        scene: scene ?? null,
        hash: hash(await files[i]!.file!.arrayBuffer()),
      })),
    ),
    runs,
    heads,
    find: project.find ?? null,
    finders,
  };
}

test('a project goes out and comes back the same, into another browser', async () => {
  const { storage, id } = await filled();
  const other = new ProjectStorage(new MemoryRecords(), new MemoryFiles());
  const { id: copy, notices } = await importProject(other, await exported(storage, id), 'x.zip', {});
  expect(notices).toEqual([]);
  expect(await contentsOf(other, copy)).toEqual(await contentsOf(storage, id));
  // And once more.
  const { id: third } = await importProject(storage, await exported(other, copy), 'x.zip', {});
  expect(await contentsOf(storage, third)).toEqual(await contentsOf(storage, id));
});

test('what could not be saved goes out all the same', async () => {
  const { storage, id } = await filled();
  const unsaved: UnsavedChanges = {
    ...NOTHING,
    classes: [...CLASSES, { id: 'c', name: 'new', colour: 2 }],
    photos: [
      photo(8, 'eight', 'c'),
      { ...photo(1, 'one', 'c'), blob: null },
      { record: { ...inFind(9, 'nine').record, scene: { boxes: [], complete: true } }, blob: null, thumbnail: null },
    ],
    gonePhotos: [7],
    runs: [{ run: run('r2', [1]), head: head('r2', 1280) }],
    goneRuns: ['r1'],
    find: { ...FIND, classes: FIND.classes.slice(0, 1) },
    finders: [{ ...finderRun('f1', '9', '1'), name: 'Best finder' }, finderRun('f2', '9', '1')],
    heads: [
      { id: 'h1', name: 'Best', head: null },
      { id: 'h2', name: 'Run 1', head: head('h2', 1280) },
    ],
  };
  const file = await exported(storage, id, unsaved);
  expect((await contentsOf(storage, id)).classes).toEqual(CLASSES);
  const { id: copy } = await importProject(storage, file, 'x.zip', {});
  await storage.save(id, await storage.claim(id), unsaved);
  const [out, saved] = [await contentsOf(storage, copy), await contentsOf(storage, id)];
  expect(out).toEqual(saved);
  expect(out.photos.map(({ id, member }) => [id, member?.classId])).toEqual([
    [1, 'c'],
    [8, 'c'],
    [9, undefined],
  ]);
  expect(out.heads.map(({ name }) => name)).toEqual(['Best', 'Run 1']);
});

test('an import that fails leaves nothing, and touches nothing', async () => {
  const { storage, id } = await filled();
  const before = [await storage.list(), await storage.files.list()];
  const whole = await exported(storage, id);
  for (const bad of [whole.slice(0, whole.size - 40), new Blob(['no zip'])]) {
    await expect(importProject(storage, bad, 'x.zip', {})).rejects.toMatchObject({ name: 'BadArchive' });
  }
  let writes = 0;
  const files = storage.files;
  const write = files.write.bind(files);
  files.write = async (name, stream) => {
    if (++writes === 2) throw new DOMException('full', 'QuotaExceededError');
    return write(name, stream);
  };
  await expect(importProject(storage, whole, 'x.zip', {})).rejects.toMatchObject({ name: 'StorageFull' });
  expect([await storage.list(), await storage.files.list()]).toEqual(before);
});
