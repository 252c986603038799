import { expect, it } from 'vitest';
import { bestDecay, DECAYS, solveExact } from './exact.ts';
import { clusteredVectors, relativeDifference } from './fixtures.ts';
import { GradientDescent } from './gradientDescent.ts';
import { SGD } from '../head/linearModel.ts';
import { normalise } from '../head/normalise.ts';
import { crossEntropy, sampleWeights } from './objective.ts';
import { SCHEDULES } from './schedule.ts';
import { TrainingSet } from './trainingVectors.ts';

const [N, D, K] = [45, 60, 3];
const { vectors, labels } = clusteredVectors(N, D, K, 3, 4);
const input = {
  vectors,
  labels,
  classes: K,
  normalisation: { sqrt: false, l2: 'vector', centre: true },
  levelLengths: [D],
  validation: clusteredVectors(12, D, K, 3, 4),
} as const;
const objective = { labelSmoothing: 0.05, classWeights: [1, 2, 1] };

it('finds where the gradient on the weights is zero', async () => {
  const set = await TrainingSet.create(input);
  for (const weightDecay of [1e-1, 1e-3, 1e-5]) {
    const layer = await solveExact(set, { ...objective, weightDecay });
    expect(layer.converged).toBe(true);
    const x = vectors.map((vector) => normalise(vector, set.normaliser));
    const logits = Float64Array.from({ length: N * K }, (_, i) => {
      const [row, k] = [Math.floor(i / K), i % K];
      return x[row]!.reduce((sum, value, d) => sum + value * layer.weights[k * D + d]!, layer.bias[k]!);
    });
    const { loss } = crossEntropy(
      logits,
      labels,
      sampleWeights(labels, K, objective.classWeights),
      K,
      objective.labelSmoothing,
    );
    let squares = 0;
    for (let k = 0; k < K; k++) {
      for (let d = 0; d < D; d++) {
        const slope = x.reduce(
          (sum, row, i) => sum + (row[d]! * logits[i * K + k]!) / N,
          weightDecay * layer.weights[k * D + d]!,
        );
        squares += slope * slope;
      }
    }
    const norm = Math.hypot(...layer.weights);
    expect(Math.sqrt(squares)).toBeLessThan(3e-6 * Math.max(1, norm));
    expect(layer.objective).toBeCloseTo(loss / N + (weightDecay / 2) * norm * norm, 5);
  }
});

it('is where gradient descent ends up when it runs to convergence', async () => {
  const set = await TrainingSet.create(input);
  const exact = await solveExact(set, { ...objective, weightDecay: 1e-2 });
  const options = {
    ...objective,
    weightDecay: 1e-2,
    optimiser: SGD,
    learningRate: 1,
    schedule: SCHEDULES.constant,
    batchSize: N,
    epochs: 2000,
  };
  const descent = await (await GradientDescent.create(set, options)).run();
  expect(relativeDifference(descent.weights, exact.weights)).toBeLessThan(1e-4);
  expect(relativeDifference(descent.bias, exact.bias)).toBeLessThan(1e-3);
  expect(relativeDifference(descent.validationLogits!, exact.validationLogits!)).toBeLessThan(1e-4);
});

it('chooses weight decay by cross-validation, and repeats itself', async () => {
  const set = await TrainingSet.create(input);
  const seen: string[] = [];
  const layer = await solveExact(set, { seed: 4 }, (what, fraction) => seen.push(`${what} ${fraction.toFixed(1)}`));
  expect(layer.decayCurve.map((point) => point.weightDecay)).toEqual(DECAYS);
  for (const { accuracy } of layer.decayCurve) expect(accuracy * N).toBeCloseTo(Math.round(accuracy * N), 6);
  expect(layer.weightDecay).toBe(bestDecay(layer.decayCurve));
  expect(seen).toContain('cross-validation 1.0');
  expect(seen.at(-1)).toBe('solving 1.0');
  expect((await solveExact(set, { seed: 4 })).decayCurve).toEqual(layer.decayCurve);
  expect((await solveExact(set, { seed: 5 })).decayCurve).not.toEqual(layer.decayCurve);
});

it('keeps views of one photo in one fold: else copies of noise look learnable', async () => {
  // Labels without any relation to the vectors, every photo there three times.
  const noise = clusteredVectors(20, D, 1, 8).vectors;
  const views = noise.flatMap((vector) => [vector, vector, vector]);
  const classes = views.map((_, i) => Math.floor(i / 3) % 2);
  const set = await TrainingSet.create({
    ...input,
    vectors: views,
    labels: classes,
    classes: 2,
    validation: undefined,
  });
  const accuracy = async (groups?: number[]) =>
    Math.max(...(await solveExact(set, { groups })).decayCurve.map((point) => point.accuracy));
  expect(await accuracy()).toBeGreaterThan(0.95);
  expect(await accuracy(views.map((_, i) => Math.floor(i / 3)))).toBeLessThan(0.8);
});

it('prefers accuracy, then log loss', () => {
  const point = (weightDecay: number, accuracy: number, logLoss: number) => ({ weightDecay, accuracy, logLoss });
  expect(bestDecay([point(1e-2, 0.8, 1), point(1e-3, 0.9, 0.7), point(1e-4, 0.9, 0.5), point(1e-5, 0.7, 0.1)])).toBe(
    1e-4,
  );
});

it('can be cancelled, and the set is usable after', async () => {
  const set = await TrainingSet.create(input);
  await expect(solveExact(set, {}, undefined, AbortSignal.abort())).rejects.toMatchObject({ name: 'Cancelled' });
  expect((await solveExact(set, { weightDecay: 1e-3 })).converged).toBe(true);
});
