import { describe, expect, it } from 'vitest';
import { checkPixels } from './pixelLimit.ts';
import { DEFAULT_MAX_PIXELS } from './policies/native.ts';

const check =
  (width: number, height: number, maxPixels = DEFAULT_MAX_PIXELS) =>
  () =>
    checkPixels({ width, height }, '“a.png”', maxPixels);

describe('checkPixels', () => {
  it('takes a 108-megapixel photo by default, and not 200 megapixels', () => {
    expect(check(12_000, 9000)).not.toThrow();
    expect(check(16_320, 12_240)).toThrow(
      '“a.png” is too large: 200 megapixels (16,320 × 12,240); the limit is 134 megapixels.',
    );
  });

  it('takes what is exactly at the limit', () => {
    expect(check(10, 10, 100)).not.toThrow();
    expect(check(101, 1, 100)).toThrow(expect.objectContaining({ name: 'ImageTooLarge' }));
  });

  it('gives small numbers with a decimal', () => {
    expect(check(2000, 1000, 1_500_000)).toThrow('2 megapixels (2,000 × 1,000); the limit is 1.5 megapixels');
  });

  it('refuses a strip longer than any bitmap, however thin', () => {
    expect(check(65_535, 1)).not.toThrow();
    expect(check(1, 65_536)).toThrow('one side has 65,536 pixels; the limit is 65,535');
  });
});
