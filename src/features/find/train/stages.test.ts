import { expect, it } from 'vitest';
import type { FinderProgress, RoundPoint } from '../../../core/find/model.ts';
import { overall, stagesOf } from './stages.ts';

const point = (round: number, added: number): RoundPoint => ({ round, positives: 40, negatives: 60, added, ap: [0.5] });
const reading: FinderProgress = { phase: 'reading', maps: 3, proposals: 2, total: 10, secondsLeft: 12 };

it('lists a training with photos kept aside, and one without', () => {
  const names = stagesOf(null, [], 2, true).map(({ name }) => name);
  expect(names).toHaveLength(7);
  expect(names[0]).toBe('Maps and proposals');
  expect(stagesOf(null, [], 2, false).map(({ name }) => name)).not.toContain('Measuring');
});

it('tells where it is and what each round has brought', () => {
  const [maps, first] = stagesOf(reading, [], 1, true);
  expect(maps).toMatchObject({ state: 'now', says: 'photo 4 of 10, 10 s left', fraction: 0.25 });
  expect(first).toMatchObject({ state: 'to come', fraction: 0 });
  const second = stagesOf(
    { phase: 'round', round: 1, rounds: 1, step: 'solving', fraction: 0.5 },
    [point(0, 60)],
    1,
    true,
  );
  expect(second.map(({ state }) => state)).toEqual(['done', 'done', 'now', 'to come', 'to come', 'to come']);
  expect(second[1]?.says).toBe('40 positives, 60 negatives');
  expect(second[2]).toMatchObject({ says: 'solving the SVM', fraction: 0.75 });
});

it('never goes back, and ends whole', () => {
  const points = [point(0, 60), point(1, 12)];
  const course: FinderProgress[] = [
    reading,
    { phase: 'round', round: 0, rounds: 1, step: 'windows', fraction: 1 },
    { phase: 'rounded', point: points[0]! },
    { phase: 'round', round: 1, rounds: 1, step: 'solving', fraction: 1 },
    { phase: 'rounded', point: points[1]! },
    { phase: 'regressor', fraction: 1 },
    { phase: 'measuring', fraction: 1 },
    { phase: 'all photos', fraction: 1 },
  ];
  let before = -1;
  course.forEach((progress, i) => {
    const stages = stagesOf(progress, i < 2 ? [] : i < 4 ? points.slice(0, 1) : points, 1, true);
    const { fraction } = overall(stages);
    expect(fraction, progress.phase).toBeGreaterThanOrEqual(before);
    before = fraction;
  });
  expect(before).toBeCloseTo(1, 6);
});
