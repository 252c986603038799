import { expect, it } from 'vitest';
import type { BoxEvidence, WindowOnMap } from '../../../core/find/model.ts';
import { mapSum, signed, sumWords } from './evidenceWords.ts';

const map = (name: 'last' | 'middle', evidence: number[]): WindowOnMap => ({
  map: name,
  stride: 16,
  size: { height: 4, width: 4, channels: 2 },
  cells: { left: 0, top: 0, right: 4, bottom: 4 },
  bins: evidence.map((value, i) => ({
    level: 0,
    row: 0,
    column: i,
    left: 0,
    top: 0,
    right: 1,
    bottom: 1,
    evidence: value,
  })),
});

it('adds the bins of each map and the bias up to the score', () => {
  const maps = [map('last', [0.5, 0.34]), map('middle', [1.5, -0.4])];
  expect(mapSum(maps[0]!)).toBeCloseTo(0.84, 9);
  const evidence: BoxEvidence = {
    classIndex: 0,
    label: 'star',
    score: 0.92,
    probability: 0.9,
    bias: -1.02,
    input: { width: 64, height: 64 },
    maps,
  };
  expect(sumWords(evidence)).toBe('Bias −1.02, last map +0.84, middle map +1.10: together +0.92, the score.');
});

it('has a sign but for nothing', () => {
  expect([signed(0.001), signed(-0.004), signed(2), signed(-2)]).toEqual(['0.00', '0.00', '+2.00', '−2.00']);
});
