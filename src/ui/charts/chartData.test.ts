import { expect, test } from 'vitest';
import { type ChartSeries, joinSeries, smooth } from './chartData.ts';

const line = (points: [number, number | null][]): ChartSeries => ({
  label: 'x',
  colour: 1,
  points: points.map(([x, y]) => ({ x, y })),
});

test('series at different places share one axis, with gaps where one has nothing', () => {
  const { xs, ys } = joinSeries([
    line([
      [0, 1],
      [0.5, 2],
      [1, 3],
    ]),
    line([
      [1, 9],
      [2, 8],
    ]),
  ]);
  expect(xs).toEqual([0, 0.5, 1, 2]);
  expect(ys).toEqual([
    [1, 2, 3, null],
    [null, null, 9, 8],
  ]);
});

test('smoothing starts at the first value, keeps a constant, and passes over what is no number', () => {
  expect(smooth([4, 4, 4], 0.9).map((v) => Number(v.toFixed(9)))).toEqual([4, 4, 4]);
  expect(smooth([2, 4], 0.5)).toEqual([2, (0.25 * 2 + 0.5 * 4) / 0.75]);
  expect(smooth([2, Number.NaN, 2], 0.5)).toEqual([2, 2, 2]);
});
