/** Whether the trainer's own SIMD loops earn their place: against `tf.matMul` on the WASM backend, in the form that is fastest there. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '../src/core/random.ts';
import { DEFAULT_NORMALISATION } from '../src/core/head/normalise.ts';
import { computeGram } from '../src/core/training/gram.ts';
import { TrainingSet } from '../src/core/training/trainingVectors.ts';
import { ms } from './measure.ts';
import type { Bench, Row } from './table.ts';

const PHOTOS = 400;
const LENGTH = 26_880;
const CLASSES = 5;
const BATCH = 32;
/** Batches in one sample: an epoch, about. */
const BATCHES = 12;
const ROUNDS = 7;
/** Below this the loops would have to go. */
const GOAL = 1.5;

type Work = () => Promise<void>;

/** Median milliseconds of two contenders that take turns, after one round to warm up. */
async function duel(ours: Work, theirs: Work): Promise<[number, number]> {
  const samples: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, work] of [ours, theirs].entries()) {
      const start = performance.now();
      await work();
      if (round > 0) samples[i]?.push(performance.now() - start);
    }
  }
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
  return [middle(samples[0]), middle(samples[1])];
}

function row(what: string, [ours, theirs]: [number, number]): Row {
  const ratio = theirs / ours;
  return {
    cells: [what, ms(ours), ms(theirs), `${ratio.toPrecision(2)}×`],
    target: { text: `≥ ${GOAL}×`, met: ratio >= GOAL },
  };
}

export const bench: Bench = async (progress) => {
  setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/');
  if (!(await tf.setBackend('wasm'))) throw new Error('the wasm backend does not start');
  await tf.ready();
  const random = createRandom(7);
  const vectors = Array.from({ length: PHOTOS }, () => Float32Array.from({ length: LENGTH }, () => random.next()));
  const set = await TrainingSet.create({
    vectors,
    labels: vectors.map((_, i) => i % CLASSES),
    classes: CLASSES,
    normalisation: DEFAULT_NORMALISATION,
    levelLengths: [LENGTH],
  });
  const { arena, train, padded, stride } = set;
  if (!arena.simd) throw new Error('no WebAssembly SIMD here: nothing to measure');
  const rows = new Float32Array(PHOTOS * LENGTH);
  train.places.forEach((place, i) => rows.set(arena.floats.subarray(place, place + LENGTH), i * LENGTH));
  const x = tf.tensor2d(rows, [PHOTOS, LENGTH]);

  progress('Gram matrix');
  const gram = await duel(
    async () => void (await computeGram(set)),
    async () => {
      // matMul's own transposeB takes a path without SIMD: five times slower than a transpose of its own.
      const product = tf.tidy(() => tf.matMul(x, tf.transpose(x)));
      await product.data();
      product.dispose();
    },
  );

  progress('batches of gradient descent');
  const place = () => arena.allocate(CLASSES * stride);
  const [weights, gradient] = [place(), place()];
  const weightRows = Int32Array.from({ length: CLASSES }, (_, k) => weights + k * stride);
  const logits = new Float64Array(BATCH * CLASSES);
  const slopes = Float64Array.from({ length: BATCH * CLASSES }, () => random.normal());
  const w = tf.zeros<tf.Rank.R2>([LENGTH, CLASSES]);
  const g = tf.tensor2d(Float32Array.from(slopes), [BATCH, CLASSES]);
  const descent = await duel(
    async () => {
      for (let b = 0; b < BATCHES; b++) {
        const batch = train.places.subarray(b * BATCH, (b + 1) * BATCH);
        arena.dots(batch, weightRows, padded, logits);
        arena.sums(batch, slopes, CLASSES, padded, gradient, stride);
      }
    },
    async () => {
      for (let b = 0; b < BATCHES; b++) {
        const [scores, change] = tf.tidy(() => {
          const batch = tf.slice(x, [b * BATCH, 0], [BATCH, LENGTH]);
          return [tf.matMul(batch, w), tf.matMul(tf.transpose(g), batch)];
        });
        await Promise.all([scores?.data(), change?.data()]);
        tf.dispose([scores, change]);
      }
    },
  );
  tf.dispose([x, w, g]);
  const { hardwareConcurrency } = navigator;
  return [
    {
      title: `The trainer's SIMD loops against tf.matMul on WASM, ${PHOTOS} photos × ${LENGTH}, ${CLASSES} classes`,
      columns: ['', 'ours', 'tf.matMul', 'ours is faster'],
      rows: [row('Gram matrix X·Xᵀ', gram), row(`${BATCHES} batches of ${BATCH}: logits X·W, gradient Gᵀ·X`, descent)],
      notes: [
        `medians of ${ROUNDS} rounds in which both take turns; ours on one thread, tfjs on up to ${hardwareConcurrency}`,
      ],
    },
  ];
};
