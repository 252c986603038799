import { expect, test } from 'vitest';
import { planSize, toPolicy } from '../../../core/size/sizing.ts';
import { nearestSize } from './nearestSize.ts';
import { ruleProblems } from './ruleProblems.ts';

const levels = [4, 2, 1];

test('the nearest side at which the paper rule fits, of the same policy; for native an area of about as many pixels', () => {
  // 7 cells do not give 4 bins, 8 do: from 225 px.
  const square = nearestSize({ width: 640, height: 640 }, { kind: 'area', side: 224 }, levels, 'paper');
  expect(square).toEqual({ kind: 'area', side: 225 });
  const native = nearestSize({ width: 224, height: 224 }, toPolicy('native'), levels, 'paper');
  expect(native).toEqual({ kind: 'area', side: 225 });
  const wide = nearestSize({ width: 640, height: 404 }, toPolicy('area'), levels, 'paper');
  expect(wide?.kind).toBe('area');
  if (wide) expect(ruleProblems(planSize({ width: 640, height: 404 }, wide).input, levels, 'paper')).toEqual([]);
  expect(nearestSize({ width: 5000, height: 1 }, toPolicy('area'), levels, 'paper')).toBeNull();
});
