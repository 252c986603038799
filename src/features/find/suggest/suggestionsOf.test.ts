import { expect, it } from 'vitest';
import type { Find, FinderClass } from '../../../core/find/model.ts';
import { plattProbability } from '../../../core/find/platt.ts';
import { byDoubt, doubtOf, suggestionsOf } from './suggestionsOf.ts';

const platt = { slope: 2, offset: 0 };
const star: FinderClass = { name: 'star', threshold: 1, platt, weights: new Float32Array(), bias: 0, regressor: null };
const finder = { classes: [star, { ...star, name: 'gone' }] };
const rows = [{ id: 'c1', name: 'star', colour: 0 }];
const find = (classIndex: number, score: number): Find => ({
  label: finder.classes[classIndex]!.name,
  classIndex,
  score,
  probability: plattProbability(platt, score),
  box: [0, 0, 1, 1],
});
const suggestion = (probability: number) => ({ id: 'b', classId: 'c1', box: [0, 0, 1, 1] as const, probability });

it('suggests what is likely enough, of classes that there are, surest first', () => {
  const suggestions = suggestionsOf([find(0, 0), find(0, 2), find(0, -1), find(1, 3)], finder, rows);
  expect(suggestions.map(({ classId, probability }) => [classId, probability.toFixed(2)])).toEqual([
    ['c1', '0.98'],
    ['c1', '0.50'],
  ]);
  expect(new Set(suggestions.map(({ id }) => id)).size).toBe(2);
});

it('puts the most doubtful photo first', () => {
  expect(doubtOf([suggestion(0.99), suggestion(0.5)])).toBe(1);
  const order = byDoubt([
    ['sure', [suggestion(0.97)]],
    ['none', []],
    ['doubtful', [suggestion(0.9), suggestion(0.45)]],
  ]);
  expect([...order.keys()]).toEqual(['doubtful', 'sure']);
});
