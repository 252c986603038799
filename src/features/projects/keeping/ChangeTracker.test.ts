import type { Member, PhotoRow } from '../../../core/project/model.ts';
import { beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_SPLIT, DEFAULT_TRAINING, DEFAULT_VECTORS } from '../../../core/training/defaults.ts';
import type { UnsavedChanges } from '../../../storage/projects/unsavedChanges.ts';
import type { Scene } from '../../../core/project/findModel.ts';
import { finderRun } from '../../../core/project/findFixtures.ts';
import { head, run } from '../../../core/project/fixtures.ts';
import { NO_FIND } from './showFind.ts';
import { ChangeTracker, type Sources, type ProjectContents } from './ChangeTracker.ts';
import { StoredIdMap } from './StoredIdMap.ts';

const ALL_SAVED = { unsaved: [], unsavedRuns: [] };
const SOURCES: Sources = {
  file: (id) => new File([`file ${id}`], id, { type: 'image/png' }),
  thumbnail: (url) => new Blob([url]),
  head: (id) => head(id),
};

function row(id: string, thumbnailUrl: string | null = null): PhotoRow {
  const facts = { name: id, path: id, bytes: 0, status: 'waiting', error: null, hash: null, perceptual: null } as const;
  return { ...facts, id, width: 0, height: 0, thumbnailUrl };
}

function work(
  rows: PhotoRow[],
  members: [string, Member][] = [],
  changes: Partial<ProjectContents> = {},
): ProjectContents {
  return {
    dataset: { classes: CLASSES, members: new Map(members) },
    photos: new Map(rows.map((one) => [one.id, one])),
    runs: [],
    heads: [],
    options: OPTIONS,
    scenes: new Map(),
    find: NO_FIND,
    finders: [],
    ...changes,
  };
}
const CLASSES = [{ id: 'class-1', name: 'rose', colour: 0 }];
const OPTIONS: ProjectContents['options'] = {
  split: DEFAULT_SPLIT,
  vectors: DEFAULT_VECTORS,
  training: DEFAULT_TRAINING,
  policy: { kind: 'crop' },
  pyramid: { levels: [1], rule: 'adaptive', pooling: 'max' },
  head: 'imagenet',
};

let ids: StoredIdMap;
let tracker: ChangeTracker;
beforeEach(() => {
  ids = new StoredIdMap();
  tracker = new ChangeTracker(ids);
});

/** Drafts and saves until nothing is left. */
function saveAll(state: ProjectContents): UnsavedChanges[] {
  const batches: UnsavedChanges[] = [];
  for (let pending = tracker.pending(state, SOURCES); pending; pending = tracker.pending(state, SOURCES)) {
    batches.push(pending.batch);
    pending.saved(ALL_SAVED);
  }
  return batches;
}

test('everything once, then nothing, then only what has changed', () => {
  const rows = [row('image-4'), row('image-9', 'blob:9')];
  const members: [string, Member][] = [['image-4', { classId: 'class-1', holdout: null }]];
  const [first, ...rest] = saveAll(work(rows, members));
  expect(rest).toEqual([]);
  expect(
    first!.photos.map(({ record, blob, thumbnail }) => [record.id, record.bytes, blob?.size, thumbnail?.size]),
  ).toEqual([
    [1, 12, 12, undefined],
    [2, 12, 12, 6],
  ]);
  const [stored] = first!.classes!;
  expect(stored).toMatchObject({ name: 'rose' });
  expect(first!.photos[0]!.record.member).toEqual({ classId: stored!.id, holdout: null });
  expect(first!.options).toBe(OPTIONS);

  const read = { ...rows[0]!, status: 'ready', thumbnailUrl: 'blob:4' } as const;
  const [second] = saveAll(work([read, rows[1]!], members));
  expect(second).toMatchObject({ classes: null, options: null, gonePhotos: [] });
  expect(second!.photos).toHaveLength(1);
  expect(second!.photos[0]).toMatchObject({ blob: null, record: { id: 1, status: 'ready' } });
  expect(second!.photos[0]!.record.file).toBe(first!.photos[0]!.record.file);
  expect(second!.photos[0]!.thumbnail?.size).toBe(6);
});

test('a photo moved, marked or taken out is saved without its bytes; one that is gone goes', () => {
  const rows = [row('image-1'), row('image-2')];
  saveAll(work(rows, [['image-1', { classId: 'class-1', holdout: null }]]));
  const [marked] = saveAll(work(rows, [['image-1', { classId: 'class-1', holdout: 'val' }]]));
  expect(marked!.photos).toMatchObject([{ blob: null, record: { id: 1, member: { holdout: 'val' } } }]);
  const [out] = saveAll(work(rows, []));
  expect(out!.photos).toMatchObject([{ blob: null, record: { id: 1, member: null } }]);
  const [gone] = saveAll(work([rows[1]!], []));
  expect(gone).toMatchObject({ photos: [], gonePhotos: [1] });
});

test('photos that are known to be saved are not looked through again, until they change', () => {
  const rows = [row('image-1'), row('image-2')];
  const state = work(rows);
  saveAll(state);
  const looked = vi.spyOn(state.photos, Symbol.iterator);
  expect(tracker.pending({ ...state, runs: [run('r1', [])] }, SOURCES)?.batch).toMatchObject({ photos: [] });
  expect(looked).not.toHaveBeenCalled();
  const moved = work(rows, [['image-2', { classId: 'class-1', holdout: null }]]);
  expect(tracker.pending({ ...moved, photos: state.photos }, SOURCES)?.batch.photos).toHaveLength(1);
  expect(tracker.pending(work([rows[0]!]), SOURCES)?.batch.gonePhotos).toEqual([2]);
});

test('many photos go in small batches, fewer along with what a person has done', () => {
  const rows = Array.from({ length: 140 }, (_, i) => row(`image-${i + 1}`));
  expect(tracker.unkept(work(rows))).toBe(140);
  const batches = saveAll(work(rows));
  expect(batches.map(({ photos }) => photos.length)).toEqual([2, 64, 64, 10]);
  expect(batches.map(({ classes }) => classes !== null)).toEqual([true, false, false, false]);
  expect(new Set(batches.flatMap(({ photos }) => photos.map(({ record }) => record.id))).size).toBe(140);
  expect(tracker.unkept(work(rows))).toBe(0);
});

test('all that is not saved, at once, for an export without room', () => {
  const rows = Array.from({ length: 40 }, (_, i) => row(`image-${i + 1}`));
  expect(tracker.pending(work(rows), SOURCES, 'all')?.batch.photos).toHaveLength(40);
  saveAll(work(rows));
  expect(tracker.pending(work(rows), SOURCES, 'all')).toBeNull();
});

test('what could not be saved comes again, with its thumbnail', () => {
  const state = work([row('image-1', 'blob:1'), row('image-2', 'blob:2')]);
  const pending = tracker.pending(state, SOURCES)!;
  expect(pending.saved({ unsaved: [2], unsavedRuns: [] })).toEqual(['blob:1']);
  const [again] = saveAll(state);
  expect(again!.photos).toMatchObject([{ record: { id: 2 }, blob: expect.any(Blob), thumbnail: expect.any(Blob) }]);
});

test('what the database has lost is all there is to save again, under the names of the files that may still be there', () => {
  const state = work([row('image-1', 'blob:1')], [['image-1', { classId: 'class-1', holdout: null }]], {
    runs: [run('r1', [])],
    heads: [{ id: 'h1', name: 'one' }],
  });
  const first = saveAll(state);
  tracker.forgetSaved();
  const second = saveAll(state);
  const [before] = first.flatMap(({ photos }) => photos);
  const [after] = second.flatMap(({ photos }) => photos);
  expect(after).toEqual({ ...before, again: true });
  expect(second[0]).toMatchObject({ runs: [{ head: { id: 'r1' } }], heads: [{ head: { id: 'h1' } }] });
  expect(second[0]!.classes).toEqual(first[0]!.classes);
  expect(second[0]!.options).toEqual(first[0]!.options);
  expect(saveAll(state)).toEqual([]);
});

test('runs are saved with their head once, in stored ids, and go when they are deleted', () => {
  const rows = [row('image-7')];
  const trained = run('r1', []);
  trained.predictions = [{ id: 'image-7', side: 'val', truth: 0, predicted: 0, probabilities: [1, 0] }];
  trained.basis = {
    classes: [{ id: 'class-1', name: 'rose' }],
    members: new Map([['image-7', { classId: 'class-1', holdout: null }]]),
  };
  const [first] = saveAll(work(rows, [], { runs: [trained] }));
  const classId = first!.classes![0]!.id;
  expect(first!.runs).toMatchObject([{ head: { id: 'r1' }, run: { predictions: [{ id: '1' }] } }]);
  expect(first!.runs[0]!.run.basis).toEqual({
    classes: [{ id: classId, name: 'rose' }],
    members: new Map([['1', { classId, holdout: null }]]),
  });
  const [renamed] = saveAll(work(rows, [], { runs: [{ ...trained, name: 'Best' }] }));
  expect(renamed!.runs).toMatchObject([{ head: null, run: { name: 'Best' } }]);
  expect(saveAll(work(rows))[0]).toMatchObject({ runs: [], goneRuns: ['r1'] });
});

test('heads from a file are saved with their numbers once, again where there was no room, renamed without them, and go', () => {
  const [, head1] = [tracker.pending(work([]), SOURCES)?.saved(ALL_SAVED), head('h1')];
  const [h1, h2] = [
    { id: 'h1', name: 'one' },
    { id: 'h2', name: 'two' },
  ];
  const first = tracker.pending(work([], [], { heads: [h1] }), SOURCES);
  expect(first?.batch.heads).toEqual([{ ...h1, head: head1 }]);
  first?.saved({ unsaved: [], unsavedRuns: ['h1'] });
  const batches = (heads: ProjectContents['heads']) => saveAll(work([], [], { heads })).map((batch) => batch.heads);
  expect(batches([h1])).toEqual([[{ ...h1, head: head1 }]]);
  expect(batches([h1, h2])).toEqual([
    [
      { ...h1, head: null },
      { ...h2, head: head('h2') },
    ],
  ]);
  const renamed = { ...h1, name: 'best' };
  expect(batches([renamed, h2])).toEqual([
    [
      { ...renamed, head: null },
      { ...h2, head: null },
    ],
  ]);
  expect(batches([{ ...renamed }, h2])).toEqual([]);
  expect(batches([])).toEqual([[]]);
});

test('new photos and classes of a reopened project never take the numbers of old ones', () => {
  ids.knowPhoto('image-1', 12);
  expect(ids.pageClass('stored')).not.toBe('class-1');
  expect(ids.class(ids.pageClass('stored'))).toBe('stored');
  expect(ids.photo('image-2')).toBe(13);
  expect(ids.pagePhoto(12)).toBe('image-1');
});

test('boxes, marks, things to find and finders are saved in stored ids, once, and again when they change', () => {
  const rows = [row('image-3'), row('image-8')];
  const box = { id: 'box-1', classId: 'find-class-1', box: [0, 0, 2, 2] as const };
  const scene: Scene = { boxes: [box], complete: false };
  const find = { ...NO_FIND, classes: [{ id: 'find-class-1', name: 'cat', colour: 0 }] };
  const found = { scenes: new Map([['image-8', scene]]), find, finders: [finderRun('f1', 'image-3', 'image-8')] };
  const [first, ...rest] = saveAll(work(rows, [], found));
  expect(rest).toEqual([]);
  const classId = first?.find?.classes[0]?.id ?? '';
  expect(classId).not.toBe('find-class-1');
  expect(first?.photos.map(({ record }) => record.scene)).toEqual([
    null,
    { boxes: [{ classId, box: [0, 0, 2, 2] }], complete: false },
  ]);
  expect(first?.finders).toEqual([finderRun('f1', '1', '2')]);
  expect(saveAll(work(rows, [], found))).toEqual([]);

  const complete = { ...found, scenes: new Map([['image-8', { ...scene, complete: true }]]) };
  const [second] = saveAll(work(rows, [], complete));
  expect(second).toMatchObject({
    find: null,
    finders: [],
    photos: [{ record: { id: 2, scene: { complete: true } }, blob: null }],
  });
  const [third] = saveAll(work(rows, [], { ...complete, finders: [] }));
  expect(third).toMatchObject({ goneFinders: ['f1'], photos: [] });
  const settings = { ...find.settings, side: 300 };
  expect(saveAll(work(rows, [], { ...complete, finders: [], find: { ...find, settings } }))[0]?.find).toMatchObject({
    settings,
  });
  // A run whose numbers found no room is offered again.
  const again = { ...complete, find: { ...find, settings }, finders: [finderRun('f2')] };
  tracker.pending(work(rows, [], again), SOURCES)?.saved({ unsaved: [], unsavedRuns: ['f2'] });
  expect(saveAll(work(rows, [], again))[0]?.finders).toHaveLength(1);
});

test('a scene and a run come back to the page as they went', () => {
  ids.knowPhoto('image-3', 5);
  const stored = ids.storedScene({
    boxes: [{ id: 'box-9', classId: 'find-class-1', box: [0, 1, 2, 3] }],
    complete: true,
  });
  expect(ids.pageScene(stored, 5)).toEqual({
    boxes: [{ id: 'kept-box-5-0', classId: 'find-class-1', box: [0, 1, 2, 3] }],
    complete: true,
  });
  const page = finderRun('f1', 'image-3', 'image-4');
  expect(ids.pageFinder(ids.storedFinder(page))).toEqual(page);
  expect(ids.storedFinder(page).train).toEqual(['5']);
});
