import { describe, expect, it } from 'vitest';
import { blueWhiteOrange, colourOf, css, diverging, inkOn, luminance, sequential, viridis } from './palettes.ts';

describe('viridis', () => {
  it('is matplotlib’s, exactly, at the entries 0, 64, 128, 192, 255', () => {
    const table: [number, number[]][] = [
      [0, [68, 1, 84]],
      [64 / 255, [59, 82, 139]],
      [128 / 255, [33, 145, 140]],
      [192 / 255, [94, 201, 98]],
      [1, [253, 231, 37]],
    ];
    for (const [t, expected] of table) {
      viridis(t).forEach((v, c) => expect(v).toBe(expected[c]));
    }
  });

  it('grows lighter all the way', () => {
    for (let i = 1; i <= 64; i++) expect(luminance(viridis(i / 64))).toBeGreaterThan(luminance(viridis((i - 1) / 64)));
  });
});

describe('blueWhiteOrange', () => {
  it('is blue below, near white at 0, orange above, and darkens on both sides', () => {
    const [br, , bb] = blueWhiteOrange(-1);
    const [or, , ob] = blueWhiteOrange(1);
    expect(bb).toBeGreaterThan(br + 80);
    expect(or).toBeGreaterThan(ob + 80);
    expect(Math.min(...blueWhiteOrange(0))).toBeGreaterThan(240);
    for (const sign of [-1, 1]) {
      for (let i = 1; i <= 32; i++) {
        expect(luminance(blueWhiteOrange((sign * i) / 32))).toBeLessThan(
          luminance(blueWhiteOrange((sign * (i - 1)) / 32)),
        );
      }
    }
  });
});

describe('scales', () => {
  it('map their ends to the palette’s ends and survive an empty range', () => {
    expect(colourOf(sequential(10, 20), 10)).toEqual(viridis(0));
    expect(colourOf(sequential(10, 20), 15)).toEqual(viridis(0.5));
    expect(colourOf(sequential(10, 20), 99)).toEqual(viridis(1));
    expect(colourOf(sequential(3, 3), 3)).toEqual(viridis(0));
    expect(colourOf(diverging(4), -4)).toEqual(blueWhiteOrange(-1));
    expect(colourOf(diverging(0), 0)).toEqual(blueWhiteOrange(0));
  });

  it('write colours and the ink that reads on them', () => {
    expect(css([1, 2, 3])).toBe('rgb(1 2 3)');
    expect(inkOn(viridis(0))).toBe('#ffffff');
    expect(inkOn(viridis(1))).toBe('#000000');
  });
});
