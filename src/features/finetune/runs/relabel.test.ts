import { expect, test } from 'vitest';
import { relabelled } from './relabel.ts';

const basis = {
  classes: [
    { id: 'class-1', name: 'daisy' },
    { id: 'class-2', name: 'rose' },
  ],
  members: new Map(),
};
const run = { classes: ['daisy', 'rose'], basis };

test('a renamed class has its new name in the run, at its own place', () => {
  const now = [
    { id: 'class-2', name: 'rose', colour: 1 },
    { id: 'class-1', name: 'ox-eye', colour: 0 },
  ];
  expect(relabelled(run, now)).toEqual({
    classes: ['ox-eye', 'rose'],
    basis: { ...basis, classes: [{ id: 'class-1', name: 'ox-eye' }, basis.classes[1]] },
  });
});

test('a run whose classes are called as before, or are gone, is left alone', () => {
  expect(relabelled(run, [{ id: 'class-1', name: 'daisy', colour: 0 }])).toBeNull();
  expect(relabelled(run, [{ id: 'class-9', name: 'other', colour: 0 }])).toBeNull();
});
