import { expect, test } from 'vitest';
import { float16ToFloat32, float32ToFloat16 } from './float16.ts';

test('every half survives the way there and back', () => {
  const halves = Uint16Array.from({ length: 65_536 }, (_, half) => half).filter((half) => (half & 0x7fff) <= 0x7c00);
  expect(float32ToFloat16(float16ToFloat32(halves))).toEqual(halves);
});

test('rounds to the nearest half, ties to even', () => {
  const step = 2 ** -10;
  const values = [
    1 + step / 2,
    1 + 1.5 * step,
    1 + 0.49 * step,
    65_504,
    65_520,
    -1e-9,
    Number.NaN,
    2 ** -25,
    1.5 * 2 ** -24,
  ];
  const expected = [1, 1 + 2 * step, 1, 65_504, Infinity, -0, Number.NaN, 0, 2 ** -23];
  expect([...float16ToFloat32(float32ToFloat16(Float32Array.from(values)))]).toEqual(expected);
});
