import { expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { RunningMoments } from './runningMoments.ts';

const CHANNELS = 3;
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

it('gives the mean and the population deviation of a map', () => {
  const moments = new RunningMoments(CHANNELS);
  moments.add({ data, height, width });
  agrees(moments);
});

it('gives the same from tiles with halos, and from parts that are merged', () => {
  const inOne = new RunningMoments(CHANNELS);
  const parts = [new RunningMoments(CHANNELS), new RunningMoments(CHANNELS), new RunningMoments(CHANNELS)];
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

it('refuses a map of other channels', () => {
  expect(() => new RunningMoments(4).add({ data, height, width })).toThrow(
    /7 × 10 cells and 4 channels has 280 numbers; got 210/,
  );
});
