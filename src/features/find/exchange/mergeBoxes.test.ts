import { expect, test } from 'vitest';
import type { PlacedBoxes } from '../../../formats/boxes/placeBoxes.ts';
import { applyFindPatch, EMPTY_SCENE, type FindSet } from '../../../store/findScenes.ts';
import { mergeBoxes } from './mergeBoxes.ts';

const set: FindSet = {
  findClasses: [{ id: 'c', name: 'cat', colour: 0 }],
  scenes: new Map([
    ['a', { boxes: [{ id: '1', classId: 'c', box: [0, 0, 4, 4] }], complete: false }],
    ['b', EMPTY_SCENE],
  ]),
};
const placed: PlacedBoxes['photos'] = new Map([
  [
    'a',
    {
      boxes: [
        { label: 'cat', box: [0, 0, 4.00001, 4] },
        { label: 'cat', box: [0, 0, 5, 4] },
        { label: ' dog ', box: [0, 0, 4, 4] },
      ],
      complete: undefined,
    },
  ],
  ['b', { boxes: [], complete: false }],
  ['gone', { boxes: [{ label: 'bird', box: [0, 0, 4, 4] }], complete: undefined }],
]);

test('boxes come to those that are here, classes by name, as one step; the same import again brings nothing', () => {
  const merged = mergeBoxes(set, placed);
  expect([merged.added, merged.already, merged.assumed]).toEqual([2, 1, ['a']]);
  expect(merged.classes.map(({ name, colour }) => [name, colour])).toEqual([['dog', 1]]);
  const after = applyFindPatch(set, merged.patch!, 'after');
  expect(after.scenes.get('a')?.boxes.map(({ classId }) => classId)).toEqual(['c', 'c', merged.classes[0]?.id]);
  expect([after.scenes.get('a')?.complete, after.scenes.get('b')?.complete]).toEqual([true, false]);
  expect(after.scenes.has('gone')).toBe(false);
  expect(applyFindPatch(after, merged.patch!, 'before')).toEqual(set);
  expect(mergeBoxes(after, placed)).toMatchObject({ patch: null, added: 0, already: 3, classes: [] });
});
