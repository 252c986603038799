import { describe, expect, it } from 'vitest';
import type { Size } from '../../../core/model.ts';
import { Resampler, resamplePixels } from './resamplePixels.ts';

/** Deterministic noise, [height, width, 4] bytes. */
function noise({ width, height }: Size, seed = 1): Uint8ClampedArray {
  const data = new Uint8ClampedArray(width * height * 4);
  let state = seed;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = state >>> 24;
  }
  return data;
}

/** The filter's definition written out: every output pixel sums over every source pixel. */
function reference(data: Uint8ClampedArray, source: Size, target: Size): Float64Array {
  const weight = (from: number, to: number, i: number, j: number) => {
    const step = from / to;
    return Math.max(0, 1 - Math.abs(j - ((i + 0.5) * step - 0.5)) / Math.max(1, step));
  };
  const output = new Float64Array(target.width * target.height * 3);
  for (let y = 0; y < target.height; y++) {
    for (let x = 0; x < target.width; x++) {
      let total = 0;
      const sums = [0, 0, 0];
      for (let sy = 0; sy < source.height; sy++) {
        for (let sx = 0; sx < source.width; sx++) {
          const w = weight(source.height, target.height, y, sy) * weight(source.width, target.width, x, sx);
          total += w;
          for (let c = 0; c < 3; c++) sums[c]! += w * data[(sy * source.width + sx) * 4 + c]!;
        }
      }
      for (let c = 0; c < 3; c++) output[(y * target.width + x) * 3 + c] = sums[c]! / total / 255;
    }
  }
  return output;
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

describe('resamplePixels', () => {
  it('gives exactly value / 255 at the same size', () => {
    const size = { width: 37, height: 23 };
    const data = noise(size);
    const rgb = data.filter((_, i) => i % 4 !== 3);
    expect(resamplePixels(data, size, size)).toEqual(Float32Array.from(rgb, (value) => value / 255));
  });

  it.each([
    [37, 23, 11, 9],
    [37, 23, 80, 61],
    [37, 23, 80, 5],
    [1, 40, 3, 7],
    [40, 1, 300, 2],
    [2, 2, 1, 1],
    [1, 1, 5, 4],
    [64, 48, 32, 24],
  ])('agrees with the definition: %i × %i → %i × %i', (width, height, toWidth, toHeight) => {
    const source = { width, height };
    const target = { width: toWidth, height: toHeight };
    const data = noise(source, width);
    expect(largestDifference(resamplePixels(data, source, target), reference(data, source, target))).toBeLessThan(1e-6);
  });

  it('keeps a constant image constant, up and down', () => {
    const source = { width: 50, height: 70 };
    const data = new Uint8ClampedArray(50 * 70 * 4).fill(200);
    for (const target of [
      { width: 7, height: 9 },
      { width: 133, height: 101 },
    ]) {
      expect(
        largestDifference(
          resamplePixels(data, source, target),
          Array.from({ length: target.width * target.height * 3 }, () => 200 / 255),
        ),
      ).toBeLessThan(1e-6);
    }
  });

  it('turns a one-pixel checkerboard to grey when shrinking, where skipping pixels would give stripes', () => {
    const source = { width: 64, height: 64 };
    const data = new Uint8ClampedArray(64 * 64 * 4);
    for (let i = 0; i < 64 * 64; i++) data.fill(((i % 64) + Math.floor(i / 64)) % 2 ? 255 : 0, i * 4, i * 4 + 4);
    const shrunk = resamplePixels(data, source, { width: 16, height: 16 });
    const inner: number[] = [];
    for (let y = 1; y < 15; y++) for (let x = 1; x < 15; x++) inner.push(shrunk[(y * 16 + x) * 3]!);
    expect(
      largestDifference(
        inner,
        inner.map(() => 0.5),
      ),
    ).toBeLessThan(1e-6);
    expect(Math.abs(mean(shrunk) - 0.5)).toBeLessThan(0.01);
  });

  it('keeps the mean when shrinking', () => {
    const source = { width: 120, height: 90 };
    const data = noise(source, 5);
    const rgb = data.filter((_, i) => i % 4 !== 3);
    expect(Math.abs(mean(resamplePixels(data, source, { width: 30, height: 30 })) - mean(rgb) / 255)).toBeLessThan(
      0.005,
    );
  });

  it('never leaves 0…1', () => {
    const source = { width: 33, height: 9 };
    const data = noise(source).map((value) => (value > 127 ? 255 : 0));
    const values = resamplePixels(data, source, { width: 100, height: 50 });
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThanOrEqual(1 + 1e-6);
  });
});

describe('Resampler', () => {
  it('does not depend on how the image is cut into strips and blocks', () => {
    const source = { width: 29, height: 31 };
    const target = { width: 13, height: 44 };
    const data = noise(source);
    const resampler = new Resampler(source, target);
    for (let y = 0; y < source.height; y += 4) {
      const height = Math.min(4, source.height - y);
      const blocks = [];
      for (let x = 0; x < source.width; x += 10) {
        const width = Math.min(10, source.width - x);
        const block = new Uint8ClampedArray(width * height * 4);
        for (let row = 0; row < height; row++) {
          const from = ((y + row) * source.width + x) * 4;
          block.set(data.subarray(from, from + width * 4), row * width * 4);
        }
        blocks.push({ x, width, height, data: block });
      }
      resampler.push(blocks);
    }
    expect(largestDifference(resampler.finish(), resamplePixels(data, source, target))).toBeLessThan(1e-6);
  });

  it.each([
    [
      { width: 29, height: 31 },
      { width: 13, height: 44 },
      { x: 3, y: 20, width: 7, height: 24 },
    ],
    [
      { width: 64, height: 50 },
      { width: 20, height: 21 },
      { x: 12, y: 0, width: 8, height: 9 },
    ],
  ])('gives a window as it comes out of the whole: %o → %o, %o', (source, target, window) => {
    const data = noise(source);
    const whole = resamplePixels(data, source, target);
    const resampler = new Resampler(source, target, window);
    const { x, y, width, height } = resampler.reach;
    expect(width * height).toBeLessThan(source.width * source.height);
    const block = new Uint8ClampedArray(width * height * 4);
    for (let row = 0; row < height; row++) {
      const from = ((y + row) * source.width + x) * 4;
      block.set(data.subarray(from, from + width * 4), row * width * 4);
    }
    resampler.push([{ x, width, height, data: block }]);
    const cut = Float32Array.from({ length: window.width * window.height * 3 }, (_, i) => {
      const row = window.y + Math.floor(i / (window.width * 3));
      return whole[(row * target.width + window.x) * 3 + (i % (window.width * 3))]!;
    });
    expect(largestDifference(resampler.finish(), cut)).toBeLessThan(1e-6);
  });

  it('does not answer before all rows were pushed', () => {
    const resampler = new Resampler({ width: 2, height: 4 }, { width: 1, height: 1 });
    resampler.push([{ x: 0, width: 2, height: 3, data: new Uint8ClampedArray(24) }]);
    expect(() => resampler.finish()).toThrow('3 of 4 rows');
  });
});
