import { describe, expect, it } from 'vitest';
import { assembleSimd } from '../../../../tools/assembleSimd.ts';
import { relativeDifference } from '../fixtures.ts';
import { createRandom } from '../../random.ts';
import { Arena } from './arena.ts';
import { SIMD_MODULE } from './bytes.ts';

it('runs what the source says: bytes.ts is up to date (else: npx tsx tools/buildSimd.ts)', async () => {
  expect(SIMD_MODULE).toBe((await assembleSimd()).base64);
});

/** An arena with `count` random rows of `length` floats in `stride`. */
async function filled(simd: boolean, count: number, length: number, stride: number) {
  const random = createRandom(1);
  const arena = await Arena.create(count * stride, simd);
  const places = Int32Array.from({ length: count }, () => arena.allocate(stride));
  for (const place of places) for (let d = 0; d < length; d++) arena.floats[place + d] = random.normal();
  return { arena, places };
}

describe.each([true, false])('with SIMD %s', (simd) => {
  it('is what was asked for', async () => {
    expect((await Arena.create(10, simd)).simd).toBe(simd);
  });

  it.each([
    [1, 1, 16],
    [3, 5, 32],
    [4, 4, 1024],
    [6, 9, 2064],
  ])('multiplies %i rows with %i rows of %i floats', async (rows, columns, length) => {
    const { arena, places } = await filled(simd, rows + columns, length, length + 16);
    const [a, b] = [places.subarray(0, rows), places.subarray(rows)];
    const out = new Float64Array(rows * (columns + 2)).fill(9);
    arena.dots(a, b, length, out, columns + 2);
    const expected = new Float64Array(rows * (columns + 2)).fill(9);
    a.forEach((x, i) =>
      b.forEach((y, j) => {
        let sum = 0;
        for (let d = 0; d < length; d++) sum += arena.floats[x + d]! * arena.floats[y + d]!;
        expected[i * (columns + 2) + j] = sum;
      }),
    );
    expect(relativeDifference(out, expected)).toBeLessThan(1e-6);
  });

  it.each([
    [1, 1],
    [7, 5],
    [33, 8],
  ])('sums %i rows under weights of %i columns', async (rows, columns) => {
    const [length, stride] = [96, 112];
    const { arena, places } = await filled(simd, rows, length, stride);
    const random = createRandom(2);
    const weights = Float64Array.from({ length: rows * columns }, () => random.normal());
    const out = arena.allocate(columns * stride);
    arena.sums(places, weights, columns, length, out, stride);
    const actual: number[] = [];
    const expected: number[] = [];
    for (let c = 0; c < columns; c++) {
      for (let d = 0; d < stride; d++) {
        actual.push(arena.floats[out + c * stride + d]!);
        expected.push(
          d < length
            ? places.reduce((sum, place, r) => sum + weights[r * columns + c]! * arena.floats[place + d]!, 0)
            : 0,
        );
      }
    }
    expect(relativeDifference(actual, expected)).toBeLessThan(1e-6);
  });

  it('steps Adam and momentum as written', async () => {
    const arena = await Arena.create(64, simd);
    const [w, m, v, g] = [0, 0, 0, 0].map(() => arena.allocate(16)) as [number, number, number, number];
    arena.floats[w] = 2;
    arena.floats[g] = 0.5;
    const options = { rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, decay: 0.25 };
    // g' = 0.5 + 0.25·2 = 1: m = 0.1, v = 0.001, both corrected to 1, so w = 2 − 0.1·1/(1 + 1e-7).
    arena.adam(w, m, v, g, 16, { ...options, step: 1 });
    expect(arena.floats[w]).toBeCloseTo(1.9, 5);
    expect(arena.floats[m]).toBeCloseTo(0.1, 6);
    expect(arena.floats[v]).toBeCloseTo(0.001, 8);
    expect(arena.floats[w + 1]).toBe(0);
    // Momentum from m = 0.1: g' = 0.5 + 0.25·1.9 = 0.975, m = 0.09 + 0.975 = 1.065, w = 1.9 − 0.1065.
    arena.momentum(w, m, g, 16, { rate: 0.1, momentum: 0.9, decay: 0.25 });
    expect(arena.floats[w]).toBeCloseTo(1.7935, 5);
  });

  it('keeps what it holds while it grows, and hands out zeros again', async () => {
    const arena = await Arena.create(16, simd);
    const first = arena.allocate(20);
    arena.floats[first + 19] = 7;
    const large = arena.allocate(300_000);
    expect(arena.floats[first + 19]).toBe(7);
    arena.floats[large] = 5;
    arena.release(large, 300_000);
    expect(arena.allocate(300_000)).toBe(large);
    expect(arena.floats[large]).toBe(0);
  });
});

it('says in words when the memory cannot be had', async () => {
  await expect(Arena.create(2 ** 31)).rejects.toThrow(/not enough memory .*8\.0 GiB/);
});
