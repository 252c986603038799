import { expect, it } from 'vitest';
import { boxesStamp } from '../../../core/find/boxesStamp.ts';
import type { Box } from '../../../core/find/boxes.ts';
import type { Scene } from '../../../core/project/findModel.ts';
import type { PhotoRow } from '../../../core/project/model.ts';
import { changesSince } from './changesSince.ts';

const findClasses = [{ id: 'c', name: 'fox', colour: 0 }];
const scene = (complete: boolean, ...boxes: Box[]): Scene => ({
  complete,
  boxes: boxes.map((box, i) => ({ id: `b${i}`, classId: 'c', box })),
});
const photos = new Map(
  ['1', '2', '3'].map((id) => [id, { id, status: 'ready', hash: id, perceptual: [0, 0] } as unknown as PhotoRow]),
);
const fox = (box: Box) => ({ label: 'fox', box });
const run = {
  train: ['1'],
  heldOut: ['2'],
  failed: [{ id: '3', message: '' }],
  stamps: [boxesStamp([fox([0, 0, 9, 9]), fox([3, 3, 5, 5])], true), boxesStamp([], true)],
};
const before = new Map([
  ['1', scene(true, [3, 3, 5, 5], [0, 0, 9, 9])],
  ['2', scene(true)],
  ['3', scene(true)],
]);
const since = (changes: [string, Scene][], own: Parameters<typeof changesSince>[0] = run) => {
  const scenes = new Map([...before, ...changes]);
  return changesSince(own, { findClasses, scenes, photos }, [...scenes.keys()]);
};

it('says nothing while the boxes are those that were learned from, in whatever order', () => {
  expect(since([])).toEqual([]);
});

it('counts photos with other boxes, with another mark, gone and new', () => {
  expect(since([['1', scene(true, [3, 3, 5, 5], [0, 0, 9, 8])]])).toEqual(['1 photo with other boxes or marks']);
  expect(since([['1', scene(false, [3, 3, 5, 5], [0, 0, 9, 9])]])).toEqual(['1 photo with other boxes or marks']);
  expect(since([['2', scene(false)]])).toEqual(['1 photo gone or without boxes']);
  expect(since([], { ...run, failed: [] })).toEqual(['1 photo more to learn from']);
});

it('knows nothing of runs that kept no record', () => {
  const { stamps: _, ...old } = run;
  expect(since([['2', scene(false)]], old)).toEqual([]);
});
