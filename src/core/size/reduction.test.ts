import { describe, expect, it } from 'vitest';
import { reducedExtent, reducedSize, reductionFor } from './reduction.ts';
import { planSize, toPolicy } from './sizing.ts';
import type { SizePolicy } from './policies/policies.ts';
import { manySizes, POLICIES } from './sizingFixtures.ts';

const area: SizePolicy = { kind: 'area', side: 300 };
const of = (width: number, height: number, policy: SizePolicy = area) =>
  reductionFor({ width, height }, planSize({ width, height }, policy));

describe('reductionFor', () => {
  it.each([
    [640, 480, 1],
    [1999, 1500, 1],
    [2000, 1500, 2],
    [4000, 3000, 4],
    [3000, 4000, 4],
    [4624, 3468, 4],
    [6000, 4000, 4],
    [12_000, 9000, 8],
  ] as const)('%i × %i for an area of 300² is decoded at 1/%i', (width, height, reduction) => {
    expect(of(width, height)).toBe(reduction);
  });

  it('leaves native sizes whole, and takes less off where the input is larger or cut out', () => {
    expect(of(4000, 3000, toPolicy('native'))).toBe(1);
    expect(of(12_000, 9000, { kind: 'native', maxPixels: 300 ** 2 })).toBe(8);
    expect(of(4000, 3000, { kind: 'area', side: 560 })).toBe(2);
    expect(of(4000, 3000, { kind: 'area', side: 1000 })).toBe(1);
    expect(of(8000, 1000, { kind: 'crop' })).toBe(1);
  });

  it('is the same for both looks at a photo', () => {
    for (const size of manySizes()) {
      const other = planSize(size, { kind: 'area', side: 224 });
      // Strips are shrunk to sides of a pixel or two, which rounds their shape away.
      if (Math.min(other.input.width, other.input.height) < 32) continue;
      expect(reductionFor(size, other), JSON.stringify(size)).toBe(reductionFor(size, planSize(size, area)));
    }
  });

  it('leaves two pixels for each of the input’s on both sides, and a picture to look at', () => {
    const reduced = new Set<number>();
    for (const size of [...manySizes(), { width: 2500, height: 1800 }]) {
      for (const policy of POLICIES) {
        const { source, input } = planSize(size, policy);
        const reduction = reductionFor(size, { source, input });
        reduced.add(reduction);
        if (reduction === 1) continue;
        expect(source.width / reduction).toBeGreaterThanOrEqual(2 * input.width);
        expect(source.height / reduction).toBeGreaterThanOrEqual(2 * input.height);
        expect(Math.max(size.width, size.height) / reduction).toBeGreaterThanOrEqual(1000);
      }
    }
    expect([...reduced].toSorted()).toEqual([1, 2, 4, 8]);
  });
});

describe('the picture in its reduced bitmap', () => {
  it('fills it where its sides divide', () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      expect(reducedExtent({ width: 4000, height: 3000 }, 4, orientation)).toEqual({
        x: 0,
        y: 0,
        width: 1000,
        height: 750,
      });
    }
  });

  it('ends inside the last pixel of the file, wherever turning has brought that', () => {
    const stored = { width: 4031, height: 3022 };
    expect(reducedSize(stored, 4)).toEqual({ width: 1008, height: 756 });
    const starts = [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => {
      const upright = orientation >= 5 ? { width: 3022, height: 4031 } : stored;
      const { x, y } = reducedExtent(upright, 4, orientation);
      return [x, y];
    });
    // The stored right side lacks a quarter of a pixel, the lower one a half.
    expect(starts).toEqual([
      [0, 0],
      [0.25, 0],
      [0.25, 0.5],
      [0, 0.5],
      [0, 0],
      [0.5, 0],
      [0.5, 0.25],
      [0, 0.25],
    ]);
  });
});
