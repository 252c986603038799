import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readOrdinaryChannels, unusualChannels } from './ordinaryChannels.ts';

const bytes = new Uint8Array(readFileSync('public/models/ordinary-channels.bin'));

test('the shipped table holds the means and deviations that were measured, to half a step', () => {
  const { usual } = readOrdinaryChannels(bytes);
  // golden/channels.json: max1 and max4 of channels 0 and 1.
  expect(usual(1, 0).mean).toBeCloseTo(2.5321, 1);
  expect(usual(1, 1).deviation).toBeCloseTo(2.2531, 1);
  expect(Math.abs(usual(4, 1).mean - 0.9926)).toBeLessThanOrEqual(3 / 255);
  expect(Math.abs(usual(4, 0).deviation - 1.4807)).toBeLessThanOrEqual(3 / 255);
  // 5×5 was not measured: 4×4 stands for it; for very fine grids, a cell.
  expect(usual(5, 1)).toEqual(usual(4, 1));
  expect(Math.abs(usual(32, 1).mean - 0.3437)).toBeLessThanOrEqual(3 / 255);
  expect(() => readOrdinaryChannels(bytes.subarray(1))).toThrow(RangeError);
});

test('of two channels at 6, the one that is rarely there comes first; one that is always high not at all', () => {
  const ordinary = {
    usual: (_: number, channel: number) => ({ mean: [0.2, 3, 6, 0.5][channel] ?? 0, deviation: 1 }),
  };
  const found = unusualChannels(Float32Array.of(6, 6, 6, 0), 4, ordinary, 5);
  expect(found.map(({ channel }) => channel)).toEqual([0, 1]);
  expect(found[0]?.above).toBeCloseTo(5.8);
});
