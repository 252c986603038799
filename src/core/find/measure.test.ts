import { expect, it } from 'vitest';
import type { Box } from './boxes.ts';
import { measureFinds } from './measure.ts';
import type { Find, PhotoFinds } from './model.ts';
import { fitPlatt, plattProbability } from './platt.ts';
import { createRandom } from '../random.ts';

const size = { width: 100, height: 100 };
const find = (classIndex: number, score: number, box: Box): Find => ({
  label: ['cat', 'dog'][classIndex]!,
  classIndex,
  score,
  probability: 0,
  box,
});

/** One of each kind of mistake. The true boxes stand far from each other. */
const photos: PhotoFinds[] = [
  {
    id: 'a',
    size,
    truth: [
      { label: 'cat', box: [0, 0, 20, 20] },
      { label: 'dog', box: [50, 50, 90, 90] },
    ],
    finds: [
      find(0, 2, [0, 0, 20, 20]),
      find(0, 1.5, [1, 0, 21, 20]),
      find(0, 1.4, [50, 50, 90, 88]),
      find(0, 1.3, [70, 0, 90, 20]),
      find(1, 1, [50, 50, 90, 85]),
    ],
  },
  { id: 'b', size, truth: [{ label: 'cat', box: [0, 0, 20, 20] }], finds: [find(0, 1.2, [0, 0, 20, 8])] },
  { id: 'c', size, truth: [{ label: 'cat', box: [0, 0, 20, 20] }], finds: [find(0, 1.1, [0, 0, 20, 19])] },
  { id: 'd', size, truth: [{ label: 'dog', box: [0, 0, 20, 20] }], finds: [] },
];

it('tells AP, the best threshold and each kind of mistake', () => {
  const { classes, map50, errors } = measureFinds(photos, ['cat', 'dog']);
  // cat: right, wrong ×4, right of 3 true boxes; dog: one right of two.
  expect(classes[0]?.ap50).toBeCloseTo((1 + 2 / 6) / 3, 6);
  expect(classes[1]?.ap50).toBeCloseTo(0.5, 6);
  expect(map50).toBeCloseTo(((1 + 2 / 6) / 3 + 0.5) / 2, 6);
  expect(classes[0]?.truth).toBe(3);
  expect(classes[0]?.f1).toBeCloseTo((2 * 1 * (1 / 3)) / (4 / 3), 6);
  expect(classes[0]?.threshold).toBeGreaterThan(1.5);
  expect(classes[0]?.threshold).toBeLessThan(2);
  expect(errors.filter(({ classIndex }) => classIndex === 1)).toEqual([
    { kind: 'missed', photo: 'd', classIndex: 1, box: [0, 0, 20, 20], score: null },
  ]);
  // From the threshold on there is only the right find: two cats are missed.
  expect(errors.filter(({ classIndex }) => classIndex === 0).map(({ kind, photo }) => [kind, photo])).toEqual([
    ['missed', 'b'],
    ['missed', 'c'],
  ]);
});

it('names the mistakes among the finds that are shown', () => {
  // A third cat found raises the best F1's threshold below all of them.
  const more = photos.map((photo) =>
    photo.id === 'd'
      ? { ...photo, truth: [], finds: [] }
      : photo.id === 'b'
        ? { ...photo, finds: [...photo.finds, find(0, 1.15, [0, 0, 20, 20])] }
        : photo,
  );
  const { errors } = measureFinds(more, ['cat', 'dog']);
  expect(errors.map(({ kind }) => kind)).toEqual(['duplicate', 'other class', 'background', 'localisation']);
});

it('calls the class that one is confused with most its similar class, of three classes or more', () => {
  const names = ['cat', 'lynx', 'dog'];
  const on = (id: string, classIndex: number, truth: string): PhotoFinds => ({
    id,
    size,
    truth: [
      { label: truth, box: [0, 0, 20, 20] },
      { label: names[classIndex]!, box: [60, 60, 90, 90] },
    ],
    finds: [find(classIndex, 2, [0, 0, 20, 20]), find(classIndex, 1, [60, 60, 90, 90])],
  });
  const confused = [on('a', 0, 'lynx'), on('b', 1, 'cat'), on('c', 0, 'dog')];
  const kinds = (classes: string[], photos: PhotoFinds[]) =>
    measureFinds(photos, classes).errors.map(({ kind, photo, other }) => [kind, photo, other]);
  // Cat for lynx and lynx for cat are two of a kind; cat for dog is one.
  expect(kinds(names, confused).filter(([kind]) => kind !== 'missed')).toEqual([
    ['similar class', 'a', 1],
    ['other class', 'c', 2],
    ['similar class', 'b', 0],
  ]);
  // Of two classes none is the similar one, and as many of each are none either.
  expect(kinds(['cat', 'lynx'], confused.slice(0, 2)).map(([kind]) => kind)).not.toContain('similar class');
  const even = [on('a', 0, 'lynx'), on('b', 0, 'lynx'), on('c', 0, 'dog'), on('d', 0, 'dog')];
  expect(kinds(names, even).map(([kind]) => kind)).not.toContain('similar class');
});

it('Platt scaling finds the curve that made the answers', () => {
  const random = createRandom(3);
  const scores = Array.from({ length: 4000 }, () => random.uniform(-2, 2));
  const right = scores.map((score) => random.chance(1 / (1 + Math.exp(-(1.5 * score - 0.7)))));
  const fit = fitPlatt(scores, right);
  expect(fit.slope).toBeCloseTo(1.5, 0);
  expect(fit.offset).toBeCloseTo(-0.7, 0);
  expect(plattProbability(fit, 0)).toBeCloseTo(1 / (1 + Math.exp(0.7)), 1);
  expect(fitPlatt([1, 2], [true, true]).slope).toBeGreaterThan(0);
});
