import '@tensorflow/tfjs-backend-cpu';
import { io } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { toFloat16Bits } from './float16.ts';

/** TF.js's own reading of half-precision bits. */
function decode(bits: number[]): Float32Array {
  const spec = { name: 'x', shape: [bits.length], dtype: 'float32', quantization: { dtype: 'float16' } } as const;
  const tensors = io.decodeWeights(new Uint16Array(bits).buffer, [{ ...spec, shape: [...spec.shape] }]);
  return tensors['x']!.dataSync() as Float32Array;
}

test('every half-precision number comes back as itself', () => {
  const finite = Array.from({ length: 0x8000 }, (_, bits) => bits).filter((bits) => bits < 0x7c00);
  const all = [...finite, ...finite.map((bits) => bits | 0x8000)];
  const values = decode(all);
  const wrong = all.filter((bits, i) => bits !== 0x8000 && toFloat16Bits(values[i]!) !== bits);
  expect(wrong).toEqual([]);
});

test.each([
  ['halfway, down to the even one', 1 + 2 ** -11, 0x3c00],
  ['halfway, up to the even one', 1 + 3 * 2 ** -11, 0x3c02],
  ['just above halfway', 1 + 2 ** -11 + 2 ** -20, 0x3c01],
  ['carry into the exponent', 2 - 2 ** -12, 0x4000],
  ['largest subnormal rounds up to the smallest normal', 2 ** -14 - 2 ** -26, 0x0400],
  ['half the smallest subnormal, to zero', 2 ** -25, 0x0000],
  ['the largest half', 65_519, 0x7bff],
  ['a negative number', -2, 0xc000],
])('rounds: %s', (_name, value, bits) => {
  expect(toFloat16Bits(value)).toBe(bits);
});

test.each([65_520, Infinity, Number.NaN])('refuses %s', (value) => {
  expect(() => toFloat16Bits(value)).toThrow('does not fit');
});
