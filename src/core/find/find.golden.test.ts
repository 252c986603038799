import { expect, test } from 'vitest';
import golden from '../../../golden/detect.json' with { type: 'json' };
import { averagePrecision } from './averagePrecision.ts';
import type { Box } from './boxes.ts';
import { applyOffsets, type BoxOffsets, offsetsTo } from './boxRegression.ts';
import { ridge } from './learn/ridge.ts';
import { ArrayRows } from './learn/rows.ts';
import { suppress, voteBoxes } from './suppression.ts';
import { trainSvm } from './learn/svm.ts';
import { cellPhase, windowCells } from './windowCells.ts';

const sizeOf = ([width = 0, height = 0]: number[]) => ({ width, height });
const boxes = (values: number[][]) => values as unknown as Box[];
const largest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));

test.each(golden.windowCells.map((entry, i) => [i, entry] as const))('window %i covers its cells', (_, entry) => {
  const input = sizeOf(entry.input);
  expect([cellPhase(input.width, entry.stride), cellPhase(input.height, entry.stride)]).toEqual(entry.phase);
  expect(windowCells(entry.box as unknown as Box, sizeOf(entry.image), input, entry.stride)).toEqual(entry.cells);
});

test('offsets lead from proposals to true boxes, and move proposals', () => {
  const { imageSize, proposals, truth, targets, offsets, applied } = golden.regression;
  boxes(proposals).forEach((proposal, i) => {
    expect(largest(offsetsTo(proposal, boxes(truth)[i]!), targets[i]!)).toBeLessThan(2e-6);
    const moved = applyOffsets(proposal, offsets[i] as unknown as BoxOffsets, sizeOf(imageSize));
    expect(largest(moved, applied[i]!)).toBeLessThan(1e-3);
  });
});

test.each(golden.suppression)('suppression and voting at $threshold', (entry) => {
  const kept = suppress(boxes(entry.boxes), entry.scores, entry.threshold);
  expect(kept).toEqual(entry.kept);
  voteBoxes(boxes(entry.boxes), entry.scores, kept).forEach((box, i) => {
    expect(largest(box, entry.voted[i]!)).toBeLessThan(1e-2);
  });
});

test.each(golden.averagePrecision.map((entry, i) => [i, entry] as const))('average precision %i', (_, entry) => {
  const { truth, detections, ap } = entry;
  const found = detections.map((entry) => ({ boxes: boxes(entry.boxes), scores: entry.scores }));
  for (const [threshold, expected] of Object.entries(ap)) {
    expect(averagePrecision(truth.map(boxes), found, Number(threshold)).ap).toBeCloseTo(expected, 5);
  }
});

test('the SVM reaches the optimum', async () => {
  const { C, x, y, weights, bias, objective } = golden.svm;
  const rows = new ArrayRows(
    x.map((row) => Float32Array.from(row)),
    x[0]!.length,
  );
  const solved = await trainSvm(
    rows,
    y.map((sign) => sign > 0),
    { c: C, iterations: 500 },
  );
  expect(solved.objective).toBeCloseTo(objective, 4);
  expect(largest(solved.weights, weights)).toBeLessThan(1e-3);
  expect(solved.bias).toBeCloseTo(bias, 3);
});

test('ridge regression on centred targets', async () => {
  const { x, t, lam, weights, mean } = golden.ridge;
  const rows = new ArrayRows(
    x.map((row) => Float32Array.from(row)),
    x[0]!.length,
  );
  const targets = [0, 1, 2, 3].map((k) => Float64Array.from(t, (row) => row[k]!));
  const solved = await ridge(rows, targets, lam);
  expect(largest(solved.mean, mean)).toBeLessThan(1e-5);
  solved.weights.forEach((column, k) => {
    expect(
      largest(
        column,
        weights.map((row) => row[k]!),
      ),
    ).toBeLessThan(1e-5);
  });
});
