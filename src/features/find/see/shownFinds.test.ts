import { expect, it } from 'vitest';
import type { Find, FinderClass } from '../../../core/find/model.ts';
import { plattProbability } from '../../../core/find/platt.ts';
import { bestProbability, shownFinds } from './shownFinds.ts';

const platt = { slope: 2, offset: 0 };
const ofClass = (name: string, threshold: number): FinderClass => ({
  name,
  threshold,
  platt,
  weights: new Float32Array(),
  bias: 0,
  regressor: null,
});
const finder = { classes: [ofClass('star', 0.5), ofClass('target', -0.5)] };
const find = (classIndex: number, score: number): Find => ({
  label: '',
  classIndex,
  score,
  probability: plattProbability(platt, score),
  box: [0, 0, 1, 1],
});
const finds = [find(0, 1), find(0, 0), find(1, 0), find(1, -1)];

it('filters by each class’s own threshold, or by one probability', () => {
  expect(shownFinds(finds, finder, null)).toEqual([finds[0], finds[2]]);
  expect(shownFinds(finds, finder, 0.5)).toEqual(finds.slice(0, 3));
  expect(shownFinds(finds, finder, 0.9)).toEqual([]);
  expect(shownFinds(finds, finder, 0)).toEqual(finds);
});

it('stands at the mean of the thresholds', () => {
  expect(bestProbability(finder)).toBeCloseTo(0.5, 6);
  expect(bestProbability({ classes: [ofClass('star', 0.5)] })).toBeCloseTo(plattProbability(platt, 0.5), 6);
});
