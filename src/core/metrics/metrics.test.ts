import { expect, it } from 'vitest';
import {
  calibration,
  classMetrics,
  confusionMatrix,
  coverageCurve,
  evaluate,
  logLoss,
  predictions,
  wilsonInterval,
} from './metrics.ts';

// Three classes, six samples: true 0 0 0 1 1 2, called 0 0 1 1 0 1.
const labels = [0, 0, 0, 1, 1, 2];
const probabilities = Float32Array.from(
  [
    [0.8, 0.1, 0.1],
    [0.6, 0.3, 0.1],
    [0.2, 0.5, 0.3],
    [0.1, 0.9, 0],
    [0.7, 0.2, 0.1],
    [0.3, 0.4, 0.3],
  ].flat(),
);

it('counts a confusion matrix by true row and predicted column', () => {
  const predicted = predictions(probabilities, 3);
  expect([...predicted]).toEqual([0, 0, 1, 1, 0, 1]);
  expect(confusionMatrix(predicted, labels, 3)).toEqual([
    [2, 1, 0],
    [1, 1, 0],
    [0, 1, 0],
  ]);
});

it('gives precision, recall, F1 and support', () => {
  const [a, b, c] = classMetrics([
    [2, 1, 0],
    [1, 1, 0],
    [0, 1, 0],
  ]);
  expect(a).toEqual({ precision: 2 / 3, recall: 2 / 3, f1: 2 / 3, support: 3 });
  expect(b).toEqual({ precision: 1 / 3, recall: 1 / 2, f1: 2 / 5, support: 2 });
  expect(c).toEqual({ precision: null, recall: 0, f1: 0, support: 1 });
  expect(classMetrics([[0]])[0]).toEqual({ precision: null, recall: null, f1: null, support: 0 });
});

it('gives Wilson’s interval', () => {
  // 40 of 50: (0.8 + 1.92073/50 ± 1.95996·√(0.16/50 + 3.84146/10000)) / (1 + 3.84146/50).
  const { value, low, high } = wilsonInterval(40, 50);
  expect(value).toBe(0.8);
  expect(low).toBeCloseTo(0.66963, 4);
  expect(high).toBeCloseTo(0.88758, 4);
  expect(wilsonInterval(10, 10)).toMatchObject({ value: 1, high: 1 });
  expect(wilsonInterval(10, 10).low).toBeCloseTo(0.72247, 4);
  expect(wilsonInterval(0, 10)).toMatchObject({ value: 0, low: 0 });
  expect(wilsonInterval(0, 0)).toEqual({ value: 0, low: 0, high: 1, count: 0 });
});

it('gives the mean negative log probability, finite for a probability of 0', () => {
  const expected = -(Math.log(0.8) + Math.log(0.6) + Math.log(0.2) + Math.log(0.9) + Math.log(0.2) + Math.log(0.3)) / 6;
  expect(logLoss(probabilities, labels, 3)).toBeCloseTo(expected, 6);
  expect(logLoss(Float32Array.of(1, 0), [1], 2)).toBeCloseTo(12 * Math.log(10), 6);
});

it('bins confidence and sums the calibration error', () => {
  const { bins, error } = calibration([0.95, 0.85, 0.85, 0.55, 1], [true, true, false, false, true], 10);
  expect(bins.map((bin) => bin.count)).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 2, 2]);
  expect(bins[8]).toEqual({ low: 0.8, high: 0.9, count: 2, confidence: 0.85, accuracy: 0.5 });
  // |0.55 − 0|·1/5 + |0.85 − 0.5|·2/5 + |0.975 − 1|·2/5
  expect(error).toBeCloseTo(0.11 + 0.14 + 0.01, 10);
  expect(bins[0]).toMatchObject({ confidence: null, accuracy: null });
});

it('puts a confidence on a bin’s upper edge into that bin', () => {
  const { bins } = calibration([0.5], [true], 10);
  expect(bins.findIndex((bin) => bin.count === 1)).toBe(4);
});

it('traces accuracy against coverage', () => {
  expect(coverageCurve([0.9, 0.5, 0.7, 0.7], [true, false, true, false])).toEqual([
    { threshold: 0, coverage: 1, accuracy: 0.5 },
    { threshold: 0.5, coverage: 1, accuracy: 0.5 },
    { threshold: 0.7, coverage: 0.75, accuracy: 2 / 3 },
    { threshold: 0.9, coverage: 0.25, accuracy: 1 },
  ]);
  expect(coverageCurve([], [])).toEqual([{ threshold: 0, coverage: 1, accuracy: null }]);
});

it('puts them together', () => {
  const metrics = evaluate(probabilities, labels, 3);
  expect(metrics.count).toBe(6);
  expect(metrics.accuracy.value).toBe(0.5);
  expect(metrics.perClass.map((one) => one.support)).toEqual([3, 2, 1]);
  expect(metrics.coverage.at(-1)).toMatchObject({ coverage: 1 / 6, accuracy: 1 });
});
