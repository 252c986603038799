import { expect, it } from 'vitest';
import type { SizePolicy } from '../size/policies/policies.ts';
import { anysizeFacts } from './headFeatures.ts';
import { headSizes } from './headSizes.ts';

const AREA: SizePolicy = { kind: 'area', side: 300 };
const sizes = (sides: number[], two: number, policy: SizePolicy = AREA) =>
  headSizes({ policy, ...anysizeFacts({ two, four: two }, sides) }).map(
    ({ policy: { kind, ...numbers }, means, bins }) =>
      [kind, ...Object.values(numbers), means ? 'means' : '', bins ? 'bins' : ''].join(' ').trim(),
  );

it('is one pass by the policy, of the paper’s features and of one size', () => {
  expect(headSizes({ policy: { kind: 'crop' } })).toEqual([{ policy: { kind: 'crop' }, means: false, bins: true }]);
  expect(sizes([300], 1)).toEqual(['area 300 means bins']);
  expect(sizes([300], 0, { kind: 'fit', side: 200 })).toEqual(['fit 200 means']);
});

it('is one pass a side of several, the bins from that at 300', () => {
  expect(sizes([224, 300, 448], 1)).toEqual(['area 224 means', 'area 300 means bins', 'area 448 means']);
  expect(sizes([224, 448], 1)).toEqual(['area 224 means', 'area 448 means', 'area 300  bins']);
  expect(sizes([224, 448], 0)).toEqual(['area 224 means', 'area 448 means']);
});

it('is the policy alone where it is not that of the bins', () => {
  expect(sizes([224, 300, 448], 1, { kind: 'crop' })).toEqual(['crop means bins']);
});
