import { expect, it } from 'vitest';
import { clusteredVectors } from './fixtures.ts';
import { GradientDescent } from './gradientDescent.ts';
import { ADAM, SGD } from '../head/linearModel.ts';
import { findLearningRate, suggestRate } from './lrFinder.ts';
import { TrainingSet } from './trainingVectors.ts';

const { vectors, labels } = clusteredVectors(200, 64, 4, 6, 3);
const make = () =>
  TrainingSet.create({
    vectors,
    labels,
    classes: 4,
    normalisation: { sqrt: false, l2: 'vector', centre: true },
    levelLengths: [64],
  });

it.each([ADAM, SGD])('sweeps from tiny to divergent and suggests a rate that trains: $kind', async (optimiser) => {
  const set = await make();
  const { points, suggestion } = await findLearningRate(set, { optimiser });
  const rates = points.map((point) => point.learningRate);
  expect(rates).toEqual(rates.toSorted((a, b) => a - b));
  expect(rates.at(-1)! / rates[0]!).toBeGreaterThan(1e4);
  expect(points[0]!.loss).toBeCloseTo(Math.log(4), 1);
  let last = Infinity;
  await (
    await GradientDescent.create(set, { optimiser, learningRate: suggestion, epochs: 10 })
  ).run((events) => {
    for (const event of events) if (event.type === 'epoch') last = event.trainLoss;
  });
  expect(last).toBeLessThan(0.5 * Math.log(4));
});

it('reads a curve: the steepest fall, unless a tenth of the lowest point is less', () => {
  const sweep = (loss: (exponent: number) => number) =>
    Array.from({ length: 61 }, (_, i) => {
      const exponent = -4 + i / 10;
      return { learningRate: 10 ** exponent, loss: loss(exponent), smoothed: loss(exponent) };
    });
  // Steepest at 1e-2, lowest at the far end.
  expect(suggestRate(sweep((e) => -Math.tanh(2 * (e + 2))))).toBeCloseTo(1e-2, 4);
  // A fall off a cliff at 10^-0.6, right before the lowest point at 1.
  expect(suggestRate(sweep((e) => (e < -0.6 ? 2 : e ** 2)))).toBeCloseTo(0.1, 4);
});

it('is cancelled by its signal', async () => {
  const set = await make();
  await expect(
    findLearningRate(set, { optimiser: SGD }, undefined, undefined, AbortSignal.abort()),
  ).rejects.toMatchObject({ name: 'Cancelled' });
});
