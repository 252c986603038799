import { expect, it } from 'vitest';
import type { Box } from '../../../core/find/boxes.ts';
import { measureFinds } from '../../../core/find/measure.ts';
import type { PhotoFinds } from '../../../core/find/model.ts';
import { DEFAULT_FINDER } from '../../../core/find/settings.ts';
import { foundOf, headlineWords, weakSpots } from './resultWords.ts';

const find = (classIndex: number, score: number, box: Box) => ({ label: '', classIndex, score, probability: 0, box });
const photos: PhotoFinds[] = [
  {
    id: 'a',
    size: { width: 640, height: 480 },
    truth: [
      { label: 'raccoon', box: [0, 0, 200, 200] },
      { label: 'raccoon', box: [300, 300, 310, 310] },
    ],
    finds: [find(0, 2, [0, 0, 200, 190])],
  },
  {
    id: 'b',
    size: { width: 640, height: 480 },
    truth: [{ label: 'raccoon', box: [0, 0, 200, 200] }],
    finds: [find(0, 1.5, [400, 0, 500, 100]), find(0, 1.2, [0, 0, 200, 120])],
  },
];
const run = {
  metrics: measureFinds(photos, ['raccoon']),
  heldOut: ['a', 'b'],
  classes: ['raccoon'],
  results: photos,
  settings: DEFAULT_FINDER,
};

it('says in one sentence how many it finds', () => {
  expect(foundOf(run.metrics)).toEqual({ truth: 3, found: 2, falseAlarms: 1 });
  expect(headlineWords(run)).toBe('Finds 2 of 3 “raccoon” in 2 photos it had never seen, 1 false alarm.');
  expect(headlineWords({ ...run, classes: ['raccoon', 'fox'] })).toMatch(/^Finds 2 of 3 things in/);
  expect(headlineWords({ ...run, metrics: null })).toMatch(/cannot be told/);
});

it('names weak spots: small things, loose boxes, few to measure on', () => {
  const spots = weakSpots(run);
  expect(spots.map((text) => text.split(':')[0])).toEqual(['Small things', 'Loose boxes', 'Few to measure on']);
  expect(spots[0]).toContain('1 of 1 that are shorter than one cell of the map (16 of 480 px)');
  expect(weakSpots({ ...run, metrics: null })).toEqual([]);
});

it('says that crowds hide things', () => {
  const truth = Array.from({ length: 6 }, (_, i) => ({ label: 'raccoon', box: [i * 60, 0, i * 60 + 50, 100] as Box }));
  const crowd: PhotoFinds[] = [
    { id: 'c', size: { width: 640, height: 480 }, truth, finds: truth.slice(0, 2).map(({ box }) => find(0, 2, box)) },
  ];
  const spots = weakSpots({ ...run, results: crowd, metrics: measureFinds(crowd, ['raccoon']) });
  expect(spots.find((text) => text.startsWith('Crowds'))).toContain('4 of 6 things');
});
