import { expect, it } from 'vitest';
import { createRandom, hash32 } from './random.ts';

const draw = (seed: number, count = 20) => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

it('gives the same numbers for the same seed and others for another', () => {
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(Math.abs(draw(0)[0]! - draw(1)[0]!)).toBeGreaterThan(1e-6);
});

it('keeps its first numbers from version to version, because runs are repeated by seed', () => {
  expect(draw(1, 3).map((x) => x.toFixed(12))).toMatchInlineSnapshot(`
    [
      "0.673672808808",
      "0.684318169867",
      "0.929337034982",
    ]
  `);
});

it('is uniform in [0, 1) and normal with mean 0 and deviation 1', () => {
  const random = createRandom(3);
  const uniform = Array.from({ length: 20000 }, () => random.next());
  expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...uniform)).toBeLessThan(1);
  expect(uniform.reduce((a, b) => a + b) / 20000).toBeCloseTo(0.5, 1);
  const normal = Array.from({ length: 20000 }, () => random.normal());
  const mean = normal.reduce((a, b) => a + b) / 20000;
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(Math.sqrt(normal.reduce((a, b) => a + (b - mean) ** 2, 0) / 20000)).toBeCloseTo(1, 1);
});

it('shuffles: every item stays, every place is as likely', () => {
  const random = createRandom(11);
  const places = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
  for (let i = 0; i < 4000; i++) {
    const order = random.shuffle(Int32Array.of(0, 1, 2, 3));
    expect([...order].sort()).toEqual([0, 1, 2, 3]);
    order.forEach((item, place) => places[item]![place]!++);
  }
  for (const count of places.flat()) expect(Math.abs(count - 1000)).toBeLessThan(130);
});

it('hashes texts apart by a letter, an order or a seed', () => {
  const seen = new Set([hash32('ab'), hash32('ba'), hash32('ab', 1), hash32('ac'), hash32('')]);
  expect(seen.size).toBe(5);
});
