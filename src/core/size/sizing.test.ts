import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SizePolicy } from '../model.ts';
import { DEFAULT_POLICY, describePolicy, planSize, policyName, toPolicy } from './sizing.ts';

function input(width: number, height: number, policy: SizePolicy): [number, number] {
  const plan = planSize({ width, height }, policy);
  return [plan.input.width, plan.input.height];
}

describe('planSize', () => {
  it.each([
    // width, height → by hand: scale = sqrt(300² / (w·h))
    [300, 300, 300, 300],
    [600, 150, 600, 150], // already 90,000 pixels
    [4000, 3000, 346, 260], // scale 0.0866025: 346.41, 259.81
    [1, 1, 300, 300],
    [1, 5000, 4, 21213], // scale 4.242641: 4.24, 21213.2
    [5000, 1, 21213, 4],
    [16, 4000, 19, 4743], // scale 1.185854: 18.97, 4743.4
    [1, 1_000_000, 1, 90_000], // scale 0.3: 0.3 px is none, so 1, and the other side is held to 300²
  ])('area: %i × %i becomes %i × %i', (width, height, toWidth, toHeight) => {
    expect(input(width, height, DEFAULT_POLICY)).toEqual([toWidth, toHeight]);
  });

  it.each([
    [640, 480, 256, 341, 256], // 480 → 256: 640 · 256/480 = 341.33
    [480, 640, 256, 256, 341],
    [100, 100, 224, 224, 224],
    [1600, 100, 224, 3584, 224], // 16 : 1 exactly: still the shorter side
    [1, 5000, 224, 12, 63356], // held to 16 · 224² = 802,816 px: scale sqrt(802816 / 5000) = 12.67135: 12.7, 63356.8
  ])('fit: %i × %i at %i becomes %i × %i', (width, height, side, toWidth, toHeight) => {
    expect(input(width, height, { kind: 'fit', side })).toEqual([toWidth, toHeight]);
  });

  it('native keeps the own size, and scales down into its budget above it', () => {
    expect(input(1000, 800, { kind: 'native', maxPixels: 800_000 })).toEqual([1000, 800]);
    expect(input(1000, 801, { kind: 'native', maxPixels: 800_000 })).toEqual([999, 800]); // scale 0.999376: 999.4, 800.5
    expect(input(1, 5000, { kind: 'native', maxPixels: 1000 })).toEqual([1, 1000]);
  });

  it.each([
    // width, height, minSide → native, scaled by minSide / shorter side
    [1, 1, 32, 32, 32],
    [16, 4000, 64, 64, 16000],
    [100, 80, 64, 100, 80], // no side is below
    [5000, 1, 32, 160_000, 32],
    [5000, 1, 224, 289_630, 57], // 224 would be 2.5e8 px: held to 2²⁴: scale sqrt(2²⁴ / 5000) = 57.926
  ])('a minimum side: native %i × %i, at least %i, becomes %i × %i', (width, height, minSide, toWidth, toHeight) => {
    const { input } = planSize({ width, height }, { kind: 'native', maxPixels: 1e6 }, minSide);
    expect([input.width, input.height]).toEqual([toWidth, toHeight]);
  });

  it('crop keeps the central square of 0.875 of the shorter side', () => {
    const plan = planSize({ width: 640, height: 480 }, { kind: 'crop' });
    expect(plan.source).toEqual({ x: 110, y: 30, width: 420, height: 420 });
    expect(plan.input).toEqual({ width: 224, height: 224 });
    expect(planSize({ width: 1, height: 5000 }, { kind: 'crop' }).source).toEqual({
      x: 0,
      y: 2499,
      width: 1,
      height: 1,
    });
  });

  it('warp takes the whole image to 224 × 224', () => {
    const plan = planSize({ width: 640, height: 480 }, { kind: 'warp' });
    expect(plan).toEqual({
      policy: { kind: 'warp' },
      source: { x: 0, y: 0, width: 640, height: 480 },
      input: { width: 224, height: 224 },
    });
  });

  it('holds every policy to at least one pixel a side and a bounded whole, at any size', () => {
    const side = integer({ min: 1, max: 65_535 });
    assert(
      property(side, side, integer({ min: 1, max: 4096 }), (width, height, s) => {
        const area = planSize({ width, height }, { kind: 'area', side: s }).input;
        const fit = planSize({ width, height }, { kind: 'fit', side: s }).input;
        const native = planSize({ width, height }, { kind: 'native', maxPixels: s }).input;
        for (const { width: w, height: h } of [area, fit, native]) expect(Math.min(w, h)).toBeGreaterThanOrEqual(1);
        // Rounding a side of k + ½ up adds at most half of it: a thin image may pass the area by that.
        expect(area.width * area.height).toBeLessThanOrEqual(2.25 * s * s);
        expect(fit.width * fit.height).toBeLessThanOrEqual(Math.min(16 * s * s, 2 ** 24));
        expect(native.width * native.height).toBeLessThanOrEqual(s);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it.each([
    [0, 10],
    [10, 0],
    [1.5, 10],
    [Number.NaN, 1],
    [-3, 3],
  ])('refuses an image of %f × %f', (width, height) => {
    expect(() => planSize({ width, height }, DEFAULT_POLICY)).toThrow(expect.objectContaining({ name: 'BadArgument' }));
  });
});

describe('toPolicy', () => {
  it('fills in the defaults for a bare kind', () => {
    expect(toPolicy('area')).toEqual({ kind: 'area', side: 300 });
    expect(toPolicy('fit')).toEqual({ kind: 'fit', side: 300 });
    expect(toPolicy('native')).toEqual({ kind: 'native', maxPixels: 2 ** 27 });
    expect(toPolicy('crop')).toEqual({ kind: 'crop' });
    expect(toPolicy('warp')).toEqual({ kind: 'warp' });
  });

  it('drops what does not belong to a policy', () => {
    expect(toPolicy({ kind: 'area', side: 224, extra: 1 } as SizePolicy)).toEqual({ kind: 'area', side: 224 });
  });

  it.each([
    ['squash'],
    [{}],
    [null],
    [{ kind: 'area', side: 0 }],
    [{ kind: 'fit', side: 1.5 }],
    [{ kind: 'area', side: 5000 }],
  ])('refuses %j', (policy) => {
    expect(() => toPolicy(policy as SizePolicy)).toThrow(expect.objectContaining({ name: 'BadArgument' }));
  });

  it('refuses a budget below one pixel', () => {
    expect(() => toPolicy({ kind: 'native', maxPixels: 0 })).toThrow(/maxPixels is a whole number from 1/);
  });
});

describe('policyName', () => {
  it('names the policy with its number', () => {
    const policies: SizePolicy[] = [
      DEFAULT_POLICY,
      { kind: 'fit', side: 256 },
      toPolicy('native'),
      { kind: 'native', maxPixels: 2_500_000 },
      { kind: 'crop' },
      { kind: 'warp' },
    ];
    expect(policies.map(policyName)).toEqual([
      'Whole photo 300',
      'Fit 256',
      'Native',
      'Native ≤ 2.5 MP',
      'Crop 224',
      'Warp 224',
    ]);
  });
});

describe('describePolicy', () => {
  it('names the numbers', () => {
    expect(describePolicy(DEFAULT_POLICY)).toContain('300 × 300');
    expect(describePolicy({ kind: 'native', maxPixels: 2_500_000 })).toContain('2.5 megapixels');
  });
});
