import { expect, test } from 'vitest';
import golden from '../../../golden/temperatures.json' with { type: 'json' };
import { planSize } from '../../core/size/sizing.ts';
import type { Session } from '../session/session.ts';
import { imagenetHead } from './imagenetHead.ts';

test('the official labels are answered at the factor that was fitted for the input, and for two looks', () => {
  const head = imagenetHead({} as Session, []);
  const at = (side: number) => planSize({ width: 3000, height: 2000 }, { kind: 'area', side });
  // A wide photo of about 300² pixels: what counts is the square root of its area.
  expect(head.factor(at(300), 1)).toBeCloseTo(golden.area['300'].factor, 1);
  const between = head.factor(at(330), 1);
  expect(between).toBeGreaterThan(golden.area['300'].factor + 0.1);
  expect(between).toBeLessThan(golden.area['360'].factor - 0.1);
  expect(head.factor(planSize({ width: 640, height: 480 }, { kind: 'crop' }), 1)).toBe(golden.crop.factor);
  expect(head.factor(at(300), 2)).toBe(golden.twoLooks.factor);
});
