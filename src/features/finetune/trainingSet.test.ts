import type { PhotoRow } from '../../core/project/model.ts';
import { expect, test } from 'vitest';
import type { Dataset } from '../../store/dataset.ts';
import { trainingSetOf } from './trainingSet.ts';

const row = (id: string, hash: string | null, status: PhotoRow['status'] = 'ready'): [string, PhotoRow] => [
  id,
  {
    id,
    name: id,
    path: id,
    bytes: 1,
    status,
    error: null,
    hash,
    perceptual: [0, 0],
    width: 1,
    height: 1,
    thumbnailUrl: null,
  },
];
const dataset: Dataset = {
  classes: ['a', 'b'].map((name, colour) => ({ id: `class-${name}`, name, colour })),
  members: new Map(
    [
      ['image-10', 'class-a'],
      ['image-2', 'class-a'],
      ['image-3', 'class-a'],
      ['image-4', 'class-b'],
      ['image-5', 'class-b'],
      ['image-6', 'class-b'],
    ].map(([id = '', classId = '']) => [id, { classId, holdout: null }]),
  ),
};
const photos = new Map([
  row('image-10', 'x'),
  row('image-2', 'x'),
  row('image-3', 'y'),
  row('image-4', 'y'),
  row('image-5', 'z'),
  row('image-6', null, 'failed'),
]);

test('leaves out copies, disputed and unreadable photos, and counts them', () => {
  const set = trainingSetOf(dataset, photos);
  expect([...set.usable].sort()).toEqual(['image-2', 'image-5']);
  expect(set.failed).toEqual(['image-6']);
  expect([...set.duplicates.disputed].sort()).toEqual(['image-3', 'image-4']);
  expect(set.perClass.get('class-a')).toMatchObject({ usable: 1, copies: 1, failed: 0, waiting: 0 });
  expect(set.perClass.get('class-b')).toMatchObject({ usable: 1, copies: 0, failed: 1, waiting: 0 });
});

test('lists photos in order of arrival, whatever order undo left them in', () => {
  const set = trainingSetOf(dataset, photos);
  expect(set.ids).toEqual(['image-2', 'image-3', 'image-4', 'image-5', 'image-6', 'image-10']);
  expect(set.perClass.get('class-a')?.ids).toEqual(['image-2', 'image-3', 'image-10']);
});
