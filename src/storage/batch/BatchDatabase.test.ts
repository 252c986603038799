import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BatchRow } from '../../core/batchModel.ts';
import { row } from '../../core/batchFixtures.ts';
import { BatchDatabase, type BatchRecord, DATABASE } from './BatchDatabase.ts';

function record(id: string, changes: Partial<BatchRecord> = {}): BatchRecord {
  return {
    id,
    created: '2026-01-01T00:00:00.000Z',
    head: 'imagenet',
    headName: 'ImageNet labels',
    policy: { kind: 'area', side: 300 },
    folder: 'trip',
    total: null,
    stopped: false,
    sources: [{ folders: ['trip'], handle: null, complete: false }],
    ...changes,
  };
}

let database: BatchDatabase;
beforeEach(async () => {
  database = await BatchDatabase.open();
});
afterEach(async () => {
  database.close();
  await deleteDB(DATABASE);
});

async function results(id: string): Promise<BatchRow[]> {
  const all: BatchRow[] = [];
  for await (const some of database.results(id)) all.push(...some);
  return all;
}

test('a visit later, the batch and every result are there as they were', async () => {
  await database.begin(record('one'));
  const rows = [row('a.jpg', 'cat', 0.5), row('Ünï/b.jpg')];
  for (const one of rows) await database.save('one', one);
  await database.change('one', { total: 3000, stopped: true });
  database.close();
  database = await BatchDatabase.open();
  expect(await database.current()).toEqual(record('one', { total: 3000, stopped: true }));
  expect(await results('one')).toEqual(rows);
});

test('more results than are read in one go, each once', async () => {
  await database.begin(record('one'));
  const paths = Array.from({ length: 777 }, (_, i) => `${String(i).padStart(4, '0')}.jpg`);
  await Promise.all(paths.map((path) => database.save('one', row(path, 'cat', 0.5))));
  expect((await results('one')).map(({ path }) => path)).toEqual(paths);
});

test('a result that is saved again replaces the earlier one', async () => {
  await database.begin(record('one'));
  await database.save('one', row('a.jpg'));
  await database.save('one', row('a.jpg', 'cat', 0.5));
  expect(await results('one')).toEqual([row('a.jpg', 'cat', 0.5)]);
});

test('a new batch takes the place of the old one; late results of that are not kept', async () => {
  await database.begin(record('one'));
  await database.save('one', row('a.jpg', 'cat', 0.5));
  await database.begin(record('two'));
  await database.save('one', row('b.jpg', 'cat', 0.5));
  await database.change('one', { total: 1 });
  expect(await results('one')).toEqual([]);
  expect((await database.current())?.id).toBe('two');
});

test('forgotten results are gone, the others stay; clearing leaves nothing', async () => {
  await database.begin(record('one'));
  for (const path of ['a', 'b', 'c']) await database.save('one', row(path, 'cat', 0.5));
  await database.forget('one', [row('b').key]);
  expect((await results('one')).map(({ path }) => path)).toEqual(['a', 'c']);
  await database.clear();
  expect(await database.current()).toBeNull();
  expect(await results('one')).toEqual([]);
});

test('a batch that an earlier version of the page has kept is of its folders, or of the one that it names', async () => {
  const { sources: _sources, ...batch } = record('old');
  const old = (handles: object[]) => ({ ...batch, handles }) as unknown as BatchRecord;
  await database.begin(old([]));
  expect(await database.current()).toEqual({
    ...batch,
    sources: [{ folders: ['trip'], handle: null, complete: false }],
  });
  const handle = { name: 'A' };
  await database.begin(old([handle]));
  expect(await database.current()).toEqual({ ...batch, sources: [{ folders: ['A'], handle, complete: false }] });
});
