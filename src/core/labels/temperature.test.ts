import { expect, test } from 'vitest';
import golden from '../../../golden/temperatures.json' with { type: 'json' };
import type { SizePlan } from '../model.ts';
import { planSize } from '../size/sizing.ts';
import { imagenetFactor, TWO_LOOKS_FACTOR } from './temperature.ts';

const square = { width: 1000, height: 1000 };
const area = (side: number): SizePlan => planSize(square, { kind: 'area', side });

test.each(Object.entries(golden.area))('area %s has its fitted factor', (side, { factor }) => {
  expect(imagenetFactor(area(Number(side)))).toBeCloseTo(factor, 4);
});

test('crop has its own, warp is an input of 224², and two looks have theirs', () => {
  expect(imagenetFactor(planSize(square, { kind: 'crop' }))).toBe(golden.crop.factor);
  expect(imagenetFactor(planSize(square, { kind: 'warp' }))).toBeCloseTo(golden.area['224'].factor, 4);
  expect(TWO_LOOKS_FACTOR).toBe(golden.twoLooks.factor);
});

test('between the sides it is linear, beyond them constant', () => {
  const [low, high] = [golden.area['224'].factor, golden.area['256'].factor];
  expect(imagenetFactor(area(240))).toBeCloseTo((low + high) / 2, 3);
  expect(imagenetFactor(area(32))).toBe(golden.area['160'].factor);
  expect(imagenetFactor(planSize({ width: 3000, height: 2000 }, { kind: 'native', maxPixels: 1e8 }))).toBe(
    golden.area['560'].factor,
  );
});
