import { describe, expect, it } from 'vitest';
import { clusteredVectors, relativeDifference } from './fixtures.ts';
import { GradientDescent } from './gradientDescent.ts';
import { DEFAULT_GRADIENT_DESCENT, type GradientDescentOptions, type TrainingEvent } from './gradientDescentOptions.ts';
import { ADAM, type Optimiser, SGD } from '../head/linearModel.ts';
import { normalise } from '../head/normalise.ts';
import { sampleWeights } from './objective.ts';
import { createRandom } from '../random.ts';
import { learningRate, SCHEDULES } from './schedule.ts';
import { TrainingSet } from './trainingVectors.ts';

const [N, D, K] = [23, 37, 3];
const { vectors, labels } = clusteredVectors(N, D, K, 1);
const held = clusteredVectors(9, D, K, 1, 3);
const input = {
  vectors,
  labels,
  classes: K,
  normalisation: { sqrt: false, l2: 'vector', centre: true },
  levelLengths: [D],
  validation: held,
} as const;

/** Minibatch descent as in a textbook: float64, dense weights, one sample after the other. */
function textbook(set: TrainingSet, options: GradientDescentOptions) {
  const x = vectors.map((vector) => Float64Array.from(normalise(vector, set.normaliser)));
  const c = sampleWeights(Int32Array.from(labels), K, options.classWeights);
  // Row k holds the weights of class k and its bias.
  const w = new Float64Array(K * (D + 1));
  const [m, v] = [w.slice(), w.slice()];
  const random = createRandom(options.seed);
  const stepsPerEpoch = Math.ceil(N / options.batchSize);
  let step = 0;
  const losses: number[] = [];
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const order = random.shuffle(Int32Array.from({ length: N }, (_, i) => i));
    for (let from = 0; from < N; from += options.batchSize) {
      const batch = order.subarray(from, from + options.batchSize);
      const g = new Float64Array(w.length);
      let loss = 0;
      for (const i of batch) {
        const z = Array.from({ length: K }, (_, k) =>
          x[i]!.reduce((sum, value, d) => sum + value * w[k * (D + 1) + d]!, w[k * (D + 1) + D]!),
        );
        const total = z.reduce((sum, value) => sum + Math.exp(value), 0);
        for (let k = 0; k < K; k++) {
          const target = (k === labels[i] ? 1 - options.labelSmoothing : 0) + options.labelSmoothing / K;
          const p = Math.exp(z[k]!) / total;
          loss -= (c[i]! * target * Math.log(p)) / batch.length;
          for (let d = 0; d <= D; d++)
            g[k * (D + 1) + d]! += (c[i]! * (p - target) * (d < D ? x[i]![d]! : 1)) / batch.length;
        }
      }
      losses.push(loss);
      const rate = learningRate(options.schedule, options.learningRate!, step, stepsPerEpoch, options.epochs);
      step++;
      for (let i = 0; i < w.length; i++) {
        const isBias = i % (D + 1) === D;
        const slope = g[i]! + (isBias ? 0 : options.weightDecay * w[i]!);
        if (options.optimiser.kind === 'sgd') {
          m[i] = options.optimiser.momentum * m[i]! + slope;
          w[i]! -= rate * m[i]!;
        } else {
          const { beta1, beta2, epsilon } = options.optimiser;
          m[i] = beta1 * m[i]! + (1 - beta1) * slope;
          v[i] = beta2 * v[i]! + (1 - beta2) * slope * slope;
          w[i]! -= (rate * (m[i]! / (1 - beta1 ** step))) / (Math.sqrt(v[i]! / (1 - beta2 ** step)) + epsilon);
        }
      }
    }
  }
  const rows = Array.from({ length: K }, (_, k) => w.subarray(k * (D + 1), (k + 1) * (D + 1)));
  return { weights: rows.flatMap((row) => [...row.subarray(0, D)]), bias: rows.map((row) => row[D]!), losses };
}

async function train(set: TrainingSet, options: Partial<GradientDescentOptions>) {
  const events: TrainingEvent[] = [];
  const descent = await GradientDescent.create(set, options);
  const layer = await descent.run((slice) => events.push(...slice));
  const batches = events.flatMap((event) => (event.type === 'batch' ? [event] : []));
  const epochs = events.flatMap((event) => (event.type === 'epoch' ? [event] : []));
  return { layer, batches, epochs };
}

const harsh = {
  ...DEFAULT_GRADIENT_DESCENT,
  epochs: 6,
  batchSize: 5,
  weightDecay: 0.01,
  labelSmoothing: 0.1,
  classWeights: [1, 2, 3],
  seed: 9,
};

describe.each([true, false])('the same iterates as a textbook, SIMD %s', (simd) => {
  it.each<[string, Optimiser, number]>([
    ['SGD', { kind: 'sgd', momentum: 0 }, 1],
    ['SGD with momentum', SGD, 0.5],
    ['Adam', ADAM, 0.05],
  ])('%s', async (_name, optimiser, rate) => {
    const set = await TrainingSet.create(input, simd);
    for (const schedule of Object.values(SCHEDULES)) {
      const options = { ...harsh, optimiser, learningRate: rate, schedule };
      const expected = textbook(set, options);
      const { layer, batches } = await train(set, options);
      expect(batches.map((batch) => batch.step)).toEqual(expected.losses.map((_, i) => i + 1));
      expect(
        relativeDifference(
          batches.map((batch) => batch.loss),
          expected.losses,
        ),
      ).toBeLessThan(1e-5);
      expect(relativeDifference(layer.weights, expected.weights)).toBeLessThan(1e-5);
      expect(relativeDifference(layer.bias, expected.bias)).toBeLessThan(1e-5);
    }
    expect(set.gramReady !== null).toBe(optimiser.kind === 'sgd');
  });
});

it('SGD gives the same on the Gram matrix and on the features', async () => {
  const options = { ...harsh, optimiser: SGD, learningRate: 0.5 };
  const onGram = await train(await TrainingSet.create(input), options);
  // So many classes and so few epochs that the Gram matrix would not pay: 1,001 rows.
  const many = clusteredVectors(1001, D, K, 2);
  const set = await TrainingSet.create({ ...input, ...many, validation: held });
  const brief = { ...options, epochs: 2 };
  const features = await train(set, brief);
  expect(set.gramReady).toBeNull();
  await set.gram();
  const again = await train(set, brief);
  expect(relativeDifference(again.layer.weights, features.layer.weights)).toBeLessThan(1e-4);
  expect(relativeDifference(again.layer.validationLogits!, features.layer.validationLogits!)).toBeLessThan(1e-4);
  expect(onGram.epochs).toHaveLength(6);
});

it('reports epochs: mean batch loss, and validation as the layer answers', async () => {
  const set = await TrainingSet.create(input);
  const { layer, batches, epochs } = await train(set, { epochs: 3, batchSize: 8 });
  const last = batches.slice(-3);
  expect(epochs.at(-1)!.trainLoss).toBeCloseTo((8 * last[0]!.loss + 8 * last[1]!.loss + 7 * last[2]!.loss) / 23, 10);
  let correct = 0;
  held.vectors.forEach((vector, i) => {
    const n = normalise(vector, set.normaliser);
    const logits = Array.from({ length: K }, (_, k) =>
      n.reduce((sum, value, d) => sum + value * layer.weights[k * D + d]!, layer.bias[k]!),
    );
    expect(relativeDifference(layer.validationLogits!.subarray(i * K, (i + 1) * K), logits)).toBeLessThan(1e-4);
    if (logits.indexOf(Math.max(...logits)) === held.labels[i]) correct++;
  });
  expect(epochs.at(-1)!.valAccuracy).toBeCloseTo(correct / 9, 10);
});

it('gives the same numbers for the same seed, and another order for another', async () => {
  const set = await TrainingSet.create(input);
  const [a, b, c] = [
    await train(set, { seed: 1, epochs: 4 }),
    await train(set, { seed: 1, epochs: 4 }),
    await train(set, { seed: 2, epochs: 4, batchSize: 8 }),
  ];
  expect(b.layer.weights).toEqual(a.layer.weights);
  expect(b.batches).toEqual(a.batches);
  expect(c.batches).not.toEqual(a.batches);
});

it('lets epochs take turns on their rows', async () => {
  const turns = [Int32Array.of(0, 1, 2, 3), Int32Array.of(4, 5)];
  const set = await TrainingSet.create({ ...input, turns });
  const { batches } = await train(set, { epochs: 4, batchSize: 4 });
  expect(batches.map((batch) => batch.epoch)).toEqual([0, 1, 2, 3]);
  const pair = await TrainingSet.create({ ...input, turns: [turns[1]!] });
  expect(batches[1]!.loss).not.toBe((await train(pair, { epochs: 4, batchSize: 4 })).batches[1]!.loss);
});

it('stops early and takes the best epoch’s weights', async () => {
  const set = await TrainingSet.create(input);
  for (const optimiser of [ADAM, SGD]) {
    const options = {
      optimiser,
      learningRate: optimiser === ADAM ? 0.5 : 20,
      schedule: SCHEDULES.constant,
      weightDecay: 0,
      batchSize: 5,
      epochs: 60,
    };
    const { layer, epochs } = await train(set, { ...options, earlyStopping: { patience: 4 } });
    const losses = epochs.map((epoch) => epoch.valLoss!);
    const best = losses.indexOf(Math.min(...losses));
    expect(layer.epoch).toBe(best);
    expect(epochs).toHaveLength(Math.min(60, best + 5));
    const exactly = await train(set, { ...options, epochs: best + 1 });
    expect(relativeDifference(layer.weights, exactly.layer.weights)).toBeLessThan(1e-6);
  }
});

it('pauses, resumes, stops and keeps', async () => {
  const set = await TrainingSet.create(input);
  const descent = await GradientDescent.create(set, { epochs: 100_000, batchSize: 5 });
  let steps = 0;
  const running = descent.run((events) => (steps += events.length));
  await new Promise((resolve) => setTimeout(resolve, 60));
  descent.pause();
  await new Promise((resolve) => setTimeout(resolve, 60));
  const atPause = steps;
  expect(atPause).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(steps).toBe(atPause);
  descent.resume();
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(steps).toBeGreaterThan(atPause);
  descent.stop();
  const layer = await running;
  expect(layer.epochs).toBeGreaterThan(0);
  expect(Math.max(...layer.weights.map(Math.abs))).toBeGreaterThan(0);
});

it('rejects with Cancelled when the signal says so, paused or not', async () => {
  const set = await TrainingSet.create(input);
  for (const pause of [false, true]) {
    const controller = new AbortController();
    const descent = await GradientDescent.create(set, { epochs: 100_000 });
    if (pause) descent.pause();
    const running = descent.run(() => {}, controller.signal);
    setTimeout(() => controller.abort(), 30);
    await expect(running).rejects.toMatchObject({ name: 'Cancelled' });
  }
});

it('takes photos in the order given when it is not to shuffle', async () => {
  const set = await TrainingSet.create(input);
  const plain = await train(set, { shuffle: false, epochs: 1, batchSize: N, seed: 1 });
  const batches = await train(set, { shuffle: false, epochs: 2, batchSize: 8, seed: 1 });
  const other = await train(set, { shuffle: false, epochs: 2, batchSize: 8, seed: 2 });
  expect(other.batches).toEqual(batches.batches);
  expect(plain.batches).toHaveLength(1);
  expect((await train(set, { epochs: 2, batchSize: 8, seed: 2 })).batches).not.toEqual(other.batches);
});

it('cancels while vectors are prepared', async () => {
  const many = clusteredVectors(200, 20_000, 2, 1);
  const creating = TrainingSet.create(
    { ...input, ...many, classes: 2, levelLengths: [20_000], validation: undefined },
    true,
    AbortSignal.abort(),
  );
  await expect(creating).rejects.toMatchObject({ name: 'Cancelled' });
});

it('says which rate suits when the loss goes astray', async () => {
  const set = await TrainingSet.create(input);
  const running = train(set, { optimiser: SGD, learningRate: 1e200, schedule: SCHEDULES.constant, epochs: 50 });
  await expect(running).rejects.toThrow(/learning rate 1\.0e\+200 is too large; 2\.0 suits these photos/);
});

it.each([
  [{ epochs: 0 }, /number of epochs/],
  [{ batchSize: 1.5 }, /batch size/],
  [{ learningRate: -1 }, /learning rate is above 0/],
  [{ labelSmoothing: 1 }, /label smoothing/],
  [{ weightDecay: -1 }, /weight decay/],
  [{ classWeights: [1, 2] }, /class weights are 3 positive numbers/],
])('refuses %o', async (options, message) => {
  await expect(GradientDescent.create(await TrainingSet.create(input), options)).rejects.toThrow(message);
});

it('refuses a class alone, labels out of range and early stopping without validation', async () => {
  await expect(TrainingSet.create({ ...input, classes: 1 })).rejects.toThrow(/at least two classes/);
  await expect(TrainingSet.create({ ...input, classes: 2 })).rejects.toThrow(/from 0 to 1; got 2/);
  const blind = await TrainingSet.create({ ...input, validation: undefined });
  await expect(GradientDescent.create(blind, { earlyStopping: { patience: 3 } })).rejects.toThrow(
    /needs validation photos/,
  );
  expect((await train(blind, { epochs: 1 })).epochs[0]).toMatchObject({ valLoss: null, valAccuracy: null });
});
