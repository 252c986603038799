import { expect, it } from 'vitest';
import { differenceHash, hammingDistance, nearDuplicateGroups, UnionFind } from './nearDuplicates.ts';
import { createRandom } from '../random.ts';

it('counts differing bits over both words', () => {
  expect(hammingDistance([0, 0], [0xffffffff, 0xffffffff])).toBe(64);
  expect(hammingDistance([0b1011, 1], [0b0010, 3])).toBe(3);
  expect(hammingDistance([0x80000000, 5], [0x80000000, 5])).toBe(0);
});

it('hashes rises to 1 and falls to 0', () => {
  const ramp = (step: number) => Float32Array.from({ length: 90 * 40 }, (_, i) => (step > 0 ? i % 90 : 90 - (i % 90)));
  expect(differenceHash(ramp(1), 90, 40, 1)).toEqual([0xffffffff, 0xffffffff]);
  expect(differenceHash(ramp(-1), 90, 40, 1)).toEqual([0, 0]);
});

it('is nearly the same for a photo resampled, brightened or with noise, and far for another', () => {
  const random = createRandom(5);
  const waves = Array.from(
    { length: 8 },
    () => [random.uniform(-6, 6), random.uniform(-6, 6), random.uniform(0, 6)] as const,
  );
  const paint = (width: number, height: number, change: (value: number) => number, seedWaves = waves) =>
    Float32Array.from({ length: width * height * 3 }, (_, i) => {
      const [x, y] = [(Math.floor(i / 3) % width) / width, Math.floor(i / 3 / width) / height];
      return change(seedWaves.reduce((sum, [a, b, c]) => sum + Math.sin(a * x + b * y + c), 0));
    });
  const photo = differenceHash(
    paint(200, 150, (v) => v),
    200,
    150,
    3,
  );
  expect(
    hammingDistance(
      photo,
      differenceHash(
        paint(90, 70, (v) => v),
        90,
        70,
        3,
      ),
    ),
  ).toBeLessThanOrEqual(3);
  expect(
    hammingDistance(
      photo,
      differenceHash(
        paint(200, 150, (v) => 2 * v + 1 + random.next() / 10),
        200,
        150,
        3,
      ),
    ),
  ).toBeLessThanOrEqual(3);
  const other = waves.map(([a, b, c]) => [b + 2, -a, c + 1] as const);
  expect(
    hammingDistance(
      photo,
      differenceHash(
        paint(200, 150, (v) => v, other),
        200,
        150,
        3,
      ),
    ),
  ).toBeGreaterThan(12);
});

it('hashes a picture smaller than its grid', () => {
  expect(differenceHash([1, 2, 3], 1, 1, 3)).toEqual([0, 0]);
});

it('groups within the distance, through others, and leaves photos without a hash alone', () => {
  const groups = nearDuplicateGroups([[0, 0xff], [0b1, 0xff], null, [0b111, 0xff], [0, 0xffff00], null], {
    distance: 2,
  });
  expect([...groups]).toEqual([0, 0, 2, 0, 4, 5]);
  expect([
    ...nearDuplicateGroups(
      [
        [0, 0xff],
        [0b1, 0xff],
      ],
      { distance: 0 },
    ),
  ]).toEqual([0, 1]);
  expect(() => nearDuplicateGroups([], { distance: 65 })).toThrow(/0 to 64/);
});

it('lets vectors tell where hashes are neither near nor far', () => {
  const angle = (degrees: number) => {
    const vector = new Float32Array(200);
    [vector[3], vector[150]] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    return vector;
  };
  const groups = (bits: number, degrees: number) => {
    const hashes = [
      [0, 0xffff],
      [bits === 0 ? 0 : 0xffffffff >>> (32 - bits), 0xffff],
    ] as const;
    return [...nearDuplicateGroups(hashes, { likenesses: [angle(0), angle(degrees)] })];
  };
  // arccos 0.72 is 43.9°.
  expect(groups(20, 43)).toEqual([0, 0]);
  expect(groups(20, 45)).toEqual([0, 1]);
  expect(groups(29, 0)).toEqual([0, 1]);
  expect(groups(3, 90)).toEqual([0, 0]);
});

it('does not take pictures with nothing in them for one another', () => {
  const plain: [number, number] = [0, 0];
  const speck: [number, number] = [0b11, 0b1];
  const slope: [number, number] = [0xffffffff, 0xfffffff0];
  expect([...nearDuplicateGroups([plain, plain, speck, speck, slope, slope])]).toEqual([0, 1, 2, 3, 4, 5]);
});

it('finds the smallest member of a joined set', () => {
  const sets = new UnionFind(5);
  sets.union(4, 3);
  sets.union(3, 1);
  expect([0, 1, 2, 3, 4].map((i) => sets.find(i))).toEqual([0, 1, 2, 1, 1]);
});
