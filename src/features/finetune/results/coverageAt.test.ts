import { expect, test } from 'vitest';
import { coverageCurve } from '../../../core/metrics/metrics.ts';
import { coverageAt } from './coverageAt.ts';

test('reads the curve at any threshold as the answers given there', () => {
  const points = coverageCurve([0.9, 0.6, 0.8, 0.4], [true, false, true, false]);
  expect(coverageAt(points, 0)).toEqual({ coverage: 1, accuracy: 0.5 });
  expect(coverageAt(points, 0.5)).toEqual({ coverage: 0.75, accuracy: 2 / 3 });
  expect(coverageAt(points, 0.6)).toEqual({ coverage: 0.75, accuracy: 2 / 3 });
  expect(coverageAt(points, 0.61)).toEqual({ coverage: 0.5, accuracy: 1 });
  expect(coverageAt(points, 0.95)).toEqual({ coverage: 0, accuracy: null });
});
