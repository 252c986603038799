import { expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { RunningMoments } from './runningMoments.ts';
import { fitsMoments, momentsKernel } from './simd/recipeKernels.ts';

// A multiple of 8: what the SIMD loops take.
const CHANNELS = 16;
const [height, width] = [7, 10];
const random = createRandom(3);
// Far from 0, where sums of squares in one pass would lose the deviation.
const data = Float32Array.from(
  { length: height * width * CHANNELS },
  (_, i) => 1000 * (1 + (i % CHANNELS)) + random.normal(),
);

function expected(channel: number): [mean: number, deviation: number] {
  const values = Array.from(data).filter((_, i) => i % CHANNELS === channel);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)];
}

function agrees(moments: RunningMoments): void {
  const both = moments.meanAndDeviation();
  for (let c = 0; c < CHANNELS; c++) {
    const [mean, deviation] = expected(c);
    expect(both[c]! / mean).toBeCloseTo(1, 6);
    expect(both[CHANNELS + c]!).toBeCloseTo(deviation, 6);
  }
}

it('has the SIMD loops here, for channels in eights', () => {
  expect(momentsKernel()).not.toBeNull();
  expect([576, 3].map(fitsMoments)).toEqual([true, false]);
});

it.each([true, false])('gives the mean and the population deviation of a map, SIMD %s', (simd) => {
  const moments = new RunningMoments(CHANNELS, simd);
  moments.add({ data, height, width });
  agrees(moments);
});

it.each([true, false])('gives the same from tiles with halos, and from parts that are merged, SIMD %s', (simd) => {
  const inOne = new RunningMoments(CHANNELS, simd);
  const parts = [0, 1, 2].map(() => new RunningMoments(CHANNELS, simd));
  const ranges = [
    { top: 0, left: 0, bottom: 4, right: width },
    { top: 4, left: 0, bottom: height, right: 3 },
    { top: 4, left: 3, bottom: height, right: width },
  ];
  ranges.forEach((valid, i) => {
    inOne.add({ data, height, width }, valid);
    parts[i]!.add({ data, height, width }, valid);
  });
  agrees(inOne);
  const merged = new RunningMoments(CHANNELS);
  for (const part of parts) merged.merge(part);
  merged.merge(new RunningMoments(CHANNELS));
  agrees(merged);
});

it('takes more cells than fit into the kernel’s memory at once', () => {
  const [channels, cells] = [8, 40_000];
  const large = Float32Array.from({ length: cells * channels }, () => random.normal());
  const [fast, plain] = [true, false].map((simd) => {
    const moments = new RunningMoments(channels, simd);
    moments.add({ data: large, height: 1, width: cells });
    return moments.meanAndDeviation();
  });
  fast?.forEach((value, i) => expect(value).toBeCloseTo(plain?.[i] ?? Number.NaN, 6));
});

it('refuses a map of other channels', () => {
  expect(() => new RunningMoments(4).add({ data, height, width })).toThrow(
    /7 × 10 cells and 4 channels has 280 numbers; got 1120/,
  );
});
