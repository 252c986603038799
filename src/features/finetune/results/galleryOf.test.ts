import { expect, test } from 'vitest';
import type { SamplePrediction } from '../../../core/training/model.ts';
import { galleryOf } from './galleryOf.ts';

const one = (id: string, truth: number, probabilities: number[], side: SamplePrediction['side'] = 'val') => ({
  id,
  side,
  truth,
  predicted: probabilities.indexOf(Math.max(...probabilities)),
  probabilities,
});
const predictions = [
  one('a', 0, [0.6, 0.4]),
  one('b', 0, [0.2, 0.8]),
  one('c', 1, [0.7, 0.3]),
  one('d', 0, [0.9, 0.1]),
  one('e', 0, [0.1, 0.9], 'train'),
  one('f', 0, [0.05, 0.95]),
];
const ids = (choice: Parameters<typeof galleryOf>[2]) => galleryOf(predictions, 'val', choice).map(({ id }) => id);

test('the surest come first, and only of the side asked for', () => {
  expect(ids('wrong')).toEqual(['f', 'b', 'c']);
  expect(ids('correct')).toEqual(['d', 'a']);
});

test('a cell of the confusion matrix has its own photos', () => {
  expect(ids({ truth: 0, predicted: 1 })).toEqual(['f', 'b']);
  expect(ids({ truth: 1, predicted: 1 })).toEqual([]);
});
