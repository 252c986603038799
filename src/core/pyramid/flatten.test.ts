import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { toBinMajor, toChannelMajor } from './flatten.ts';
import { binCount, PyramidError } from './geometry.ts';

it('writes [2, 1] over 3 channels as PyTorch does', () => {
  // value = 10·bin + channel
  const binMajor = Float32Array.from([0, 1, 2, 10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42]);
  const channelMajor = [0, 10, 20, 30, 1, 11, 21, 31, 2, 12, 22, 32, 40, 41, 42];
  expect([...toChannelMajor(binMajor, [2, 1], 3)]).toEqual(channelMajor);
  expect([...toBinMajor(Float32Array.from(channelMajor), [2, 1], 3)]).toEqual([...binMajor]);
});

it('is undone by its inverse, and leaves its input alone', () => {
  const levels = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(levels, fc.integer({ min: 1, max: 9 }), (pyramid, channels) => {
      const vector = Int32Array.from({ length: binCount(pyramid) * channels }, (_, i) => i);
      expect(toBinMajor(toChannelMajor(vector, pyramid, channels), pyramid, channels)).toEqual(vector);
      expect(vector.every((value, i) => value === i)).toBe(true);
    }),
  );
});

it('refuses a vector of another length', () => {
  expect(() => toChannelMajor(new Float32Array(20), [2, 1], 3)).toThrow(PyramidError);
  expect(() => toBinMajor(new Float32Array(14), [2, 1], 3)).toThrow(/15 values; got 14/);
});
