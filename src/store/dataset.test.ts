import { describe, expect, test } from 'vitest';
import {
  addToDataset,
  applyPatch,
  type Dataset,
  deleteClass,
  EMPTY_DATASET,
  markMembers,
  membersOf,
  mergeClasses,
  moveMembers,
  type Patch,
  recolourClass,
  removeMembers,
  renameClass,
  reorderClass,
} from './dataset.ts';
import { findDuplicates } from './duplicates.ts';

function sample(): Dataset {
  const names = ['__proto__', '', 'roses'];
  const classes = names.map((name, i) => ({ id: `class-${i}`, name, colour: i }));
  const members = new Map([
    ['image-9', { classId: 'class-0', holdout: null }],
    ['image-10', { classId: 'class-0', holdout: 'val' as const }],
    ['image-11', { classId: 'class-1', holdout: null }],
    ['image-12', { classId: 'class-2', holdout: null }],
  ]);
  const patch = addToDataset(EMPTY_DATASET, classes, members);
  return applyPatch(EMPTY_DATASET, patch!, 'after');
}

const plain = (dataset: Dataset) => ({
  classes: dataset.classes,
  members: [...dataset.members].sort(([a], [b]) => a.localeCompare(b)),
});

describe('steps', () => {
  const steps: [string, (dataset: Dataset) => Patch | null][] = [
    [
      'add',
      (d) =>
        addToDataset(
          d,
          [{ id: 'class-9', name: 'x', colour: 4 }],
          new Map([['image-13', { classId: 'class-9', holdout: null }]]),
        ),
    ],
    ['rename', (d) => renameClass(d, 'class-0', 'constructor')],
    ['colour', (d) => recolourClass(d, 'class-1', 5)],
    ['reorder', (d) => reorderClass(d, 'class-2', 0)],
    ['merge', (d) => mergeClasses(d, 'class-0', 'class-1')],
    ['delete', (d) => deleteClass(d, 'class-0')],
    ['move', (d) => moveMembers(d, ['image-9', 'image-12'], 'class-1')],
    ['remove', (d) => removeMembers(d, ['image-11'])],
    ['mark', (d) => markMembers(d, ['image-9'], 'test')],
  ];
  test.each(steps)('%s can be undone and redone', (_name, step) => {
    const before = sample();
    const patch = step(before)!;
    const after = applyPatch(before, patch, 'after');
    expect(plain(after)).not.toEqual(plain(before));
    expect(plain(applyPatch(after, patch, 'before'))).toEqual(plain(before));
    const again = applyPatch(applyPatch(after, patch, 'before'), patch, 'after');
    expect(plain(again)).toEqual(plain(after));
  });

  test('a chain of steps comes back to where it began', () => {
    let dataset = sample();
    const done: Patch[] = [];
    for (const [, step] of steps) {
      const patch = step(dataset);
      if (!patch) continue;
      done.push(patch);
      dataset = applyPatch(dataset, patch, 'after');
    }
    expect(done.length).toBeGreaterThan(5);
    for (const patch of done.reverse()) dataset = applyPatch(dataset, patch, 'before');
    expect(plain(dataset)).toEqual(plain(sample()));
  });

  test('what changes nothing is no step', () => {
    const dataset = sample();
    expect(renameClass(dataset, 'class-0', '__proto__')).toBeNull();
    expect(renameClass(dataset, 'gone', 'x')).toBeNull();
    expect(reorderClass(dataset, 'class-2', 7)).toBeNull();
    expect(mergeClasses(dataset, 'class-0', 'class-0')).toBeNull();
    expect(mergeClasses(dataset, 'class-0', 'gone')).toBeNull();
    expect(moveMembers(dataset, ['image-9'], 'class-0')).toBeNull();
    expect(removeMembers(dataset, ['gone'])).toBeNull();
    expect(addToDataset(dataset, [], new Map())).toBeNull();
  });

  test('merging keeps every photo, its mark and its order of arrival', () => {
    const dataset = sample();
    const merged = applyPatch(dataset, mergeClasses(dataset, 'class-0', 'class-2')!, 'after');
    expect(merged.classes.map(({ id }) => id)).toEqual(['class-1', 'class-2']);
    expect(membersOf(merged, 'class-2')).toEqual(['image-9', 'image-10', 'image-12']);
    expect(merged.members.get('image-10')?.holdout).toBe('val');
  });

  test('deleting a class takes its photos with it', () => {
    const dataset = sample();
    const left = applyPatch(dataset, deleteClass(dataset, 'class-0')!, 'after');
    expect([...left.members.keys()]).toEqual(['image-11', 'image-12']);
  });

  test('the words of a step tell how much it does', () => {
    expect(moveMembers(sample(), ['image-9', 'image-10'], 'class-1')?.what).toBe('move 2 photos');
    expect(removeMembers(sample(), ['image-9'])?.what).toBe('remove 1 photo');
  });
});

describe('duplicates', () => {
  const hashes = new Map([
    ['image-9', 'aa'],
    ['image-10', 'aa'],
    ['image-11', 'bb'],
    ['image-12', 'bb'],
  ]);

  test('a copy within a class is left out; across classes it is a conflict', () => {
    const { copies, conflicts, disputed } = findDuplicates(sample(), (id) => hashes.get(id) ?? null);
    expect([...copies]).toEqual(['image-10']);
    expect(conflicts).toEqual([
      {
        hash: 'bb',
        places: [
          { classId: 'class-1', photoId: 'image-11' },
          { classId: 'class-2', photoId: 'image-12' },
        ],
      },
    ]);
    expect([...disputed]).toEqual(['image-11', 'image-12']);
  });

  test('moving the photo to the other class turns the conflict into a copy', () => {
    const dataset = sample();
    const moved = applyPatch(dataset, moveMembers(dataset, ['image-12'], 'class-1')!, 'after');
    const { copies, conflicts } = findDuplicates(moved, (id) => hashes.get(id) ?? null);
    expect(conflicts).toEqual([]);
    expect([...copies].sort()).toEqual(['image-10', 'image-12']);
  });

  test('photos that are not read yet are no duplicates of each other', () => {
    const { copies, conflicts } = findDuplicates(sample(), () => null);
    expect([copies.size, conflicts.length]).toEqual([0, 0]);
  });
});
