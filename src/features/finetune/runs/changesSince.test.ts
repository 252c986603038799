import { expect, test } from 'vitest';
import {
  applyPatch,
  type Dataset,
  markMembers,
  mergeClasses,
  moveMembers,
  removeMembers,
  renameClass,
} from '../../../store/dataset.ts';
import { changesSince } from './changesSince.ts';

const classes = ['a', 'b', 'c'].map((name, i) => ({ id: `class-${i}`, name, colour: i }));
const member = (classId: string) => ({ classId, holdout: null });
const dataset: Dataset = {
  classes,
  members: new Map([
    ['image-1', member('class-0')],
    ['image-2', member('class-0')],
    ['image-3', member('class-1')],
    ['image-4', member('class-2')],
  ]),
};
const basis = { classes, members: dataset.members };
const all = () => true;

test('an untouched set is not stale, nor is one whose step was undone', () => {
  expect(changesSince(basis, dataset, all)).toEqual([]);
  const step = moveMembers(dataset, ['image-1'], 'class-1')!;
  const undone = applyPatch(applyPatch(dataset, step, 'after'), step, 'before');
  expect(changesSince(basis, undone, all)).toEqual([]);
});

test('names each kind of change with its count', () => {
  const moved = applyPatch(dataset, moveMembers(dataset, ['image-1'], 'class-1')!, 'after');
  const grown = {
    ...moved,
    members: new Map([...moved.members, ['image-7', member('class-0')], ['image-8', member('class-0')]]),
  };
  expect(changesSince(basis, grown, all)).toEqual(['2 photos added', '1 photo moved']);
  const removed = applyPatch(dataset, removeMembers(dataset, ['image-1', 'image-3'])!, 'after');
  expect(changesSince(basis, removed, all)).toEqual(['2 photos removed']);
  const renamed = applyPatch(dataset, renameClass(dataset, 'class-1', 'x')!, 'after');
  expect(changesSince(basis, renamed, all)).toEqual(['1 class renamed']);
  const merged = applyPatch(dataset, mergeClasses(dataset, 'class-2', 'class-1')!, 'after');
  expect(changesSince(basis, merged, all)).toEqual(['1 photo moved', '1 class removed']);
  const marked = applyPatch(dataset, markMembers(dataset, ['image-4'], 'test')!, 'after');
  expect(changesSince(basis, marked, all)).toEqual(['1 photo marked for another side']);
});

test('photos that training would leave out count as removed, and not as added', () => {
  expect(changesSince(basis, dataset, (id) => id !== 'image-2')).toEqual(['1 photo removed']);
  const grown = { ...dataset, members: new Map([...dataset.members, ['image-9', member('class-0')]]) };
  expect(changesSince(basis, grown, (id) => id !== 'image-9')).toEqual([]);
});
