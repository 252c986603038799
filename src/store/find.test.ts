import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fileOf, keepFile } from '../client/files.ts';
import type { FinderRun } from '../core/find/model.ts';
import { DEFAULT_FINDER } from '../core/find/settings.ts';
import type { DrawnBox } from '../core/project/findModel.ts';
import type { PhotoRow } from '../core/project/model.ts';
import { MAX_FIND_HISTORY } from './find.ts';
import { addFindClass, applyFindPatch, boxCounts, type FindSet } from './findScenes.ts';
import { useStore } from './store.ts';

const first = useStore.getInitialState();
const revoke = vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => {});
const now = () => useStore.getState();

beforeEach(() => {
  revoke.mockClear();
  useStore.setState(first, true);
});

function row(id: string): PhotoRow {
  const facts = { bytes: 1, status: 'ready' as const, error: null, hash: id, perceptual: null, width: 10, height: 8 };
  return { id, name: `${id}.jpg`, path: `${id}.jpg`, thumbnailUrl: `blob:${id}`, ...facts };
}

const box = (id: string, classId: string, left = 0): DrawnBox => ({ id, classId, box: [left, 1, left + 4, 5] });

/** Photos in Find, and two classes. */
function fill(count: number): { ids: string[]; cat: string; dog: string } {
  const ids = Array.from({ length: count }, (_, i) => keepFile(new File(['x'], `${i}.jpg`)));
  now().addScenes(ids, ids.map(row));
  return { ids, cat: now().addFindClass('cat') ?? '', dog: now().addFindClass('dog') ?? '' };
}
const boxesOf = (id: string) =>
  now()
    .scenes.get(id)
    ?.boxes.map((one) => one.id);

test('photos come with a scene and leave with it; undo brings boxes and mark back', () => {
  const { ids, cat } = fill(3);
  const [a = '', b = '', c = ''] = ids;
  expect(now().findOrder).toEqual(ids);
  expect(now().shownScene).toBe(a);
  now().setBoxes(b, [box('1', cat)]);
  now().setComplete(b, true);
  now().showScene(b);
  now().removeScenes([b]);
  expect(now().findOrder).toEqual([a, c]);
  expect(now().shownScene).toBe(c);
  now().undoFind();
  expect(now().findOrder).toEqual(ids);
  expect(now().scenes.get(b)).toEqual({ boxes: [box('1', cat)], complete: true });
  expect(now().shownScene).toBe(b);
});

test('the history is one: boxes, marks, classes, photos, in order, and redo does them again', () => {
  const { ids, cat, dog } = fill(2);
  const [a = '', b = ''] = ids;
  now().setBoxes(a, [box('1', cat), box('2', dog)]);
  now().setComplete(b, true);
  now().mergeFindClasses(dog, cat);
  expect(now().findClasses.map(({ name }) => name)).toEqual(['cat']);
  expect(
    now()
      .scenes.get(a)
      ?.boxes.map(({ classId }) => classId),
  ).toEqual([cat, cat]);
  now().undoFind();
  expect(
    now()
      .scenes.get(a)
      ?.boxes.map(({ classId }) => classId),
  ).toEqual([cat, dog]);
  now().undoFind();
  expect(now().scenes.get(b)?.complete).toBe(false);
  expect(now().shownScene).toBe(b);
  now().undoFind();
  expect(boxesOf(a)).toEqual([]);
  now().redoFind();
  now().redoFind();
  now().redoFind();
  expect(now().findClasses.map(({ name }) => name)).toEqual(['cat']);
  expect(boxesOf(a)).toEqual(['1', '2']);
});

test('what changes nothing is no step', () => {
  const { ids, cat } = fill(1);
  const [a = ''] = ids;
  now().setBoxes(a, [box('1', cat)]);
  const before = now().findHistory;
  now().setBoxes(a, [box('1', cat)]);
  now().setBoxes('gone', [box('1', cat)]);
  now().setComplete(a, false);
  now().addScenes(ids);
  now().removeScenes(['gone']);
  now().recolourFindClass(cat, 0);
  now().mergeFindClasses(cat, cat);
  expect(now().findHistory).toBe(before);
});

describe('classes', () => {
  test('no two have one name, none is nameless', () => {
    const { cat, dog } = fill(1);
    expect(now().addFindClass('  cat ')).toBe(cat);
    expect(now().findClass).toBe(cat);
    expect(now().addFindClass('   ')).toBeNull();
    expect(now().renameFindClass(dog, 'cat')).toBe(false);
    expect(now().renameFindClass(dog, ' ')).toBe(false);
    expect(now().renameFindClass(dog, ' __proto__ ')).toBe(true);
    expect(now().findClasses.map(({ name }) => name)).toEqual(['cat', '__proto__']);
  });

  test('a new one gets a colour that none has, and the next box', () => {
    const { cat, dog } = fill(1);
    now().deleteFindClass(cat);
    expect(now().findClass).toBe(dog);
    const bird = now().addFindClass('bird');
    expect(now().findClass).toBe(bird);
    expect(now().findClasses.map(({ colour }) => colour)).toEqual([1, 0]);
  });

  test('one that goes takes its boxes, and the photos stay', () => {
    const { ids, cat, dog } = fill(1);
    const [a = ''] = ids;
    now().setBoxes(a, [box('1', cat), box('2', dog), box('3', 'unknown')]);
    expect(boxesOf(a)).toEqual(['1', '2']);
    expect(boxCounts(now())).toEqual(
      new Map([
        [cat, 1],
        [dog, 1],
      ]),
    );
    now().deleteFindClass(cat);
    expect(boxesOf(a)).toEqual(['2']);
    now().undoFind();
    expect(boxesOf(a)).toEqual(['1', '2']);
  });

  test('a patch is the step, applied either way', () => {
    const set: FindSet = { findClasses: [], scenes: new Map() };
    const patch = addFindClass(set, 'x', 'cat')!;
    const after = applyFindPatch(set, patch, 'after');
    expect(after.findClasses).toEqual([{ id: 'x', name: 'cat', colour: 0 }]);
    expect(applyFindPatch(after, patch, 'before')).toEqual(set);
  });
});

function run(id: string, photo: string): FinderRun {
  const settings = DEFAULT_FINDER;
  return {
    id,
    name: id,
    created: '2026-01-02T03:04:05.678Z',
    classes: ['cat'],
    settings,
    split: { share: 0.25, seed: 1 },
    backend: 'wasm',
    seconds: { reading: 1, training: 1 },
    train: [photo],
    heldOut: [],
    rounds: [],
    metrics: null,
    results: [],
    failed: [],
    notices: [],
    finder: { id, name: id, classes: [], settings },
  };
}

test('runs: the newest is shown, the next one when it goes, and back in its place', () => {
  const { ids } = fill(1);
  const runs = ['a', 'b', 'c'].map((id) => run(id, ids[0] ?? ''));
  for (const one of runs) now().addFinderRun(one);
  expect(now().shownFinder).toBe('c');
  now().renameFinderRun('b', 'mine');
  expect(now().finderRuns[1]?.finder.name).toBe('mine');
  now().removeFinderRun('c');
  expect(now().shownFinder).toBe('b');
  now().putBackFinderRun(run('c', ''), 0);
  expect(now().finderRuns.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  expect(now().shownFinder).toBe('c');
});

test('a photo that no step, scene, class or run has gives up its file; others keep theirs', () => {
  const { ids } = fill(4);
  const [gone = '', inRun = '', inClass = '', kept = ''] = ids;
  now().addFinderRun(run('r', inRun));
  now().addPhotos(
    [{ id: 'class-a', name: 'a', colour: 0 }],
    [],
    new Map([[inClass, { classId: 'class-a', holdout: null }]]),
  );
  now().removeScenes([gone, inRun, inClass]);
  const cat = now().findClasses[0]?.id ?? '';
  for (let i = 0; i <= MAX_FIND_HISTORY; i++) now().recolourFindClass(cat, i + 5);
  expect(now().findHistory.undo).toHaveLength(MAX_FIND_HISTORY);
  expect(revoke.mock.calls).toEqual([[`blob:${gone}`]]);
  expect([gone, inRun, inClass, kept].map((id) => fileOf(id) instanceof File)).toEqual([false, true, true, true]);
  // The fine-tuning set lets go of no photo that has boxes.
  for (let i = 0; i <= 201; i++)
    now().edit((set) => ({ what: '', classes: { before: set.classes, after: [] }, members: new Map() }));
  expect(fileOf(kept)).toBeInstanceOf(File);
});
