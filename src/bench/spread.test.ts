import { expect, test } from 'vitest';
import { spreadOf } from './spread.ts';

test('the middle and the quarters of a measurement, whatever its order', () => {
  expect(spreadOf([5, 1, 3, 2, 4])).toEqual({ median: 3, low: 2, high: 4, samples: 5 });
  expect(spreadOf([1, 2])).toEqual({ median: 1.5, low: 1.25, high: 1.75, samples: 2 });
  expect(spreadOf([7])).toEqual({ median: 7, low: 7, high: 7, samples: 1 });
  expect(spreadOf([]).median).toBeNaN();
});
