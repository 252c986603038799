import { expect, test } from 'vitest';
import { finderRun } from '../../core/project/findFixtures.ts';
import { finderNumbers } from '../../core/find/finderFile.ts';
import { type Anything, exchanged, read, tamperedFinder, written } from './projectFileFixtures.ts';

test('a finder comes back with its numbers as they were, bit by bit', async () => {
  const { finders, find, notices } = await read(await written());
  expect(notices).toEqual([]);
  expect(finders).toEqual([finderRun('f1', '1', '3')]);
  expect(find?.classes.map(({ name }) => name)).toEqual(['cat', '__proto__']);
});

test.each<[string, (run: Anything) => unknown, RegExp]>([
  ['another id', (run) => void (run.id = run.finder.id = 'f2'), /of another run/],
  ['the finder of another run', (run) => void (run.finder.id = 'f2'), /do not fit/],
  ['an id that is markup', (run) => void (run.id = '<b>'), /not an id/],
  ['one class less', (run) => void run.classes.pop(), /do not fit/],
  ['other names of its classes', (run) => void (run.finder.classes[0].name = 'dog'), /do not fit/],
  ['a find of no class', (run) => void (run.results[0].finds[0].classIndex = 2), /do not fit/],
  ['an error of no class', (run) => void (run.metrics.errors[1].other = 2), /do not fit/],
  ['a probability beyond all', (run) => void (run.results[0].finds[0].probability = 7), /probability/],
  ['a score that is text', (run) => void (run.results[0].finds[0].score = 'NaN'), /score/],
  ['more numbers than its pyramid has', (run) => void (run.finder.settings.levels = [2]), /numbers/],
  ['a side without end', (run) => void (run.finder.settings.side = 1e6), /side/],
  [
    'a regressor that it did not learn',
    (run) => void (run.finder.classes[1].regressor = { bias: [0, 0, 0, 0] }),
    /numbers/,
  ],
  ['no run in it', () => [], /Invalid/],
])('a finder with %s is left out, the rest stays', async (_what, change, message) => {
  const { finders, runs, photos, notices } = await read(await tamperedFinder(change));
  expect([finders.length, runs.length, photos.length]).toEqual([0, 1, 5]);
  expect(notices).toEqual([expect.stringMatching(/^The finder “Finder 1” was left out: /)]);
  expect(notices[0]).toMatch(message);
});

test('numbers that are gone, or others than were written, leave the finder out', async () => {
  const other = finderNumbers({ classes: finderRun('f1').finder.classes.toReversed() });
  for (const [bytes, message] of [
    [null, /not in the zip/],
    ['x', /not the one/],
    [other, /not the one/],
  ] as const) {
    const { finders, notices } = await read(await exchanged({ 'finders/f1.safetensors': bytes }));
    expect(finders).toEqual([]);
    expect(notices).toEqual([expect.stringMatching(message)]);
  }
});
