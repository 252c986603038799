import { describe, expect, it } from 'vitest';
import { binStrengths } from '../../../core/pyramid/binStrengths.ts';
import {
  channelValues,
  cosine,
  evidenceSum,
  maxPerColumn,
  peaks,
  rmsPerColumn,
  ranks,
  strongestInBin,
  strongestInImage,
} from './measures.ts';

// Two bins of four channels.
const vector = new Float32Array([3, 4, 0, 0, 1, 2, 2, 6]);

describe('binStrengths', () => {
  it('are L2 norms per bin', () => {
    expect([...binStrengths(vector, 4)]).toEqual([5, Math.sqrt(45)]);
  });
});

describe('channelValues', () => {
  it('reads one channel of every bin', () => {
    expect([...channelValues(vector, 4, 1)]).toEqual([4, 2]);
  });
});

describe('strongest channels', () => {
  it('of a bin: largest first, ties by channel, zeros left out', () => {
    expect(strongestInBin(vector, 4, 0, 5)).toEqual([
      { channel: 1, value: 4 },
      { channel: 0, value: 3 },
    ]);
    expect(strongestInBin(vector, 4, 1, 3)).toEqual([
      { channel: 3, value: 6 },
      { channel: 1, value: 2 },
      { channel: 2, value: 2 },
    ]);
  });

  it('keep the first of many equal values', () => {
    expect(strongestInBin(new Float32Array([6, 6, 6, 6]), 4, 0, 2).map((c) => c.channel)).toEqual([0, 1]);
  });

  it('of an image: by the mean over bins', () => {
    expect(strongestInImage(vector, 4, 2)).toEqual([
      { channel: 1, value: 3 },
      { channel: 3, value: 3 },
    ]);
  });
});

describe('rmsPerColumn', () => {
  it('is the root mean square of each stretch, and the value itself where a column holds one', () => {
    expect([...rmsPerColumn(vector, 4)]).toEqual([
      Math.fround(Math.sqrt(12.5)),
      0,
      Math.fround(Math.sqrt(2.5)),
      Math.fround(Math.sqrt(20)),
    ]);
    expect([...rmsPerColumn(vector, 8, 4, 8)]).toEqual([1, 1, 2, 2, 2, 2, 6, 6]);
  });
});

describe('ranks', () => {
  it('start at 1 and are shared by equal values', () => {
    expect(ranks([5, 7, 5, -1])).toEqual([2, 1, 2, 4]);
    expect(ranks(new Float64Array([0]))).toEqual([1]);
  });
});

describe('peaks', () => {
  it('counts channels per cell, without channels that are 0 in the whole bin', () => {
    const argmax = new Int32Array([7, 7, 0, 0, 3, 9, 9, 3]);
    expect(peaks(argmax, vector, 4, 0)).toEqual([{ cell: 7, count: 2 }]);
    expect(peaks(argmax, vector, 4, 1)).toEqual([
      { cell: 3, count: 2 },
      { cell: 9, count: 2 },
    ]);
  });
});

describe('evidenceSum', () => {
  const base = { index: 0, label: 'a', score: 0.5, bias: 0.25, logit: 2 };
  it('adds bins and bias and tells the rounding', () => {
    const sum = evidenceSum({ ...base, bins: new Float32Array([1, -0.5, 1.5]), cells: null });
    expect(sum).toEqual({ evidence: 2, middle: null, bias: 0.25, total: 2.25, logit: 2, difference: 0.25 });
  });

  it('adds the middle layer of a head that is on it', () => {
    const blocks = [
      { name: 'whole' as const, weight: 1, total: 1.5 },
      { name: 'middle' as const, weight: 0.7, total: 0.25 },
    ];
    const sum = evidenceSum({ ...base, bins: new Float32Array([1.5]), blocks, cells: null });
    expect(sum).toMatchObject({ evidence: 1.5, middle: 0.25, total: 2, difference: 0 });
  });

  it('adds cells where the head uses the mean', () => {
    expect(evidenceSum({ ...base, bins: null, cells: new Float32Array([1, 0.75]) }).difference).toBe(0);
  });
});

describe('cosine', () => {
  it('is 1 along, 0 across, -1 against, and null for zeros', () => {
    const a = new Float32Array([1, 2, 0, 0]);
    expect(cosine(a, new Float32Array([2, 4, 0, 0]))).toBeCloseTo(1, 12);
    expect(cosine(a, new Float32Array([0, 0, 1, 0]))).toBe(0);
    expect(cosine(a, new Float32Array([-1, -2, 0, 0]))).toBeCloseTo(-1, 12);
    expect(cosine(a, new Float32Array(4))).toBeNull();
  });

  it('looks at a stretch only', () => {
    expect(cosine(new Float32Array([1, 1, 0]), new Float32Array([1, 0, 1]), 0, 1)).toBe(1);
    expect(cosine(new Float32Array([1, 1, 0]), new Float32Array([1, 0, 1]), 2, 3)).toBeNull();
  });
});

describe('maxPerColumn', () => {
  it('keeps the largest value of each column and where it stands', () => {
    const { value, index } = maxPerColumn(vector, 4);
    expect([...value]).toEqual([4, 0, 2, 6]);
    expect([...index]).toEqual([1, 2, 5, 7]);
  });

  it('repeats values where there are more columns than values, and stays in its stretch', () => {
    expect([...maxPerColumn(vector, 4, 4, 6).index]).toEqual([4, 4, 5, 5]);
  });
});
