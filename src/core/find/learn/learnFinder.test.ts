import { expect, it } from 'vitest';
import { createRandom } from '../../random.ts';
import type { Box } from '../boxes.ts';
import { bestOverlap, iou } from '../boxes.ts';
import { offsetsTo } from '../boxRegression.ts';
import type { FinderProgress, WindowScore } from '../model.ts';
import { DEFAULT_FINDER } from '../settings.ts';
import { toBytes } from './byteModules.ts';
import { learnFinder } from './learnFinder.ts';
import type { WindowSource } from './learner.ts';
import { LearnPhoto } from './learnPhoto.ts';

const CLASSES = ['cat', 'dog'];
const SIZE = { width: 200, height: 150 };
const D = 32;
/** Two parts, as two maps give. */
const ENDS = [16, 32];

/** Photos with a cat or a dog each, and proposals around it and elsewhere. */
function photosOf(count: number, seed: number, complete = true): LearnPhoto[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const [w, h] = [random.uniform(40, 80), random.uniform(40, 80)];
    const [x, y] = [random.uniform(0, SIZE.width - w), random.uniform(0, SIZE.height - h)];
    const own: Box = [x, y, x + w, y + h];
    const proposals = Array.from({ length: 60 }, (_, p): Box => {
      const near = p < 12;
      const [pw, ph] = [w * random.uniform(0.7, 1.3), h * random.uniform(0.7, 1.3)];
      const px = near ? x + random.uniform(-8, 8) : random.uniform(0, SIZE.width - 30);
      const py = near ? y + random.uniform(-8, 8) : random.uniform(0, SIZE.height - 30);
      return [Math.max(0, px), Math.max(0, py), Math.min(SIZE.width, px + pw), Math.min(SIZE.height, py + ph)];
    });
    return new LearnPhoto(`${seed}-${i}`, SIZE, [{ label: CLASSES[i % 2]!, box: own }], proposals, complete, CLASSES);
  });
}

/** Vectors that show how much of which class a box holds, where it lies against it, and noise. */
function vectorOf(photo: LearnPhoto, box: number): Float32Array {
  const random = createRandom(box + 1000 * photo.id.length + Number(photo.id.split('-')[1]) * 7919);
  const vector = Float32Array.from({ length: D }, () => random.uniform(0, 2));
  photo.truth.forEach(({ label, box: truth }) => {
    const own = photo.boxes[box]!;
    const overlap = iou(own, truth);
    const k = CLASSES.indexOf(label);
    vector[k] = 6 * overlap;
    vector[16 + k] = 6 * overlap;
    [0, 1, 2, 3].forEach((side) => {
      const shift = (truth[side]! - own[side]!) / 40;
      vector[4 + side] = Math.min(6, Math.max(0, 3 + 3 * shift));
    });
  });
  return vector;
}

const source: WindowSource = {
  vectors: async (photo, boxes) => boxes.map((box) => toBytes(vectorOf(photo, box))),
  scores: async (photo, models) =>
    models.map((model) => Float32Array.from(photo.boxes, (_, i) => score(vectorOf(photo, i), model))),
};

function score(vector: Float32Array, { weights, bias }: WindowScore): number {
  const [a, b] = [Math.hypot(...vector.subarray(0, 16)), Math.hypot(...vector.subarray(16))];
  return vector.reduce((sum, value, d) => sum + (value * weights[d]! * Math.SQRT1_2) / (d < 16 ? a : b), bias);
}

const task = (train: LearnPhoto[], heldOut: LearnPhoto[]) => ({
  classes: CLASSES,
  settings: { ...DEFAULT_FINDER, c: 300 },
  ends: ENDS,
  train,
  heldOut,
  source,
  seed: 1,
});

it('learns two classes, measures itself and places boxes', async () => {
  const told: FinderProgress[] = [];
  const heldOut = photosOf(10, 20);
  const learned = await learnFinder({
    ...task(photosOf(16, 10), heldOut),
    onProgress: (progress) => told.push(progress),
  });
  expect(learned.metrics?.map50).toBeGreaterThan(0.95);
  expect(learned.rounds.map(({ round }) => round)).toEqual([0, 1, 2]);
  expect(learned.rounds[2]!.negatives).toBeGreaterThanOrEqual(learned.rounds[0]!.negatives);
  for (const phase of ['round', 'rounded', 'regressor', 'measuring', 'all photos'])
    expect(told.some((progress) => progress.phase === phase)).toBe(true);
  // The best find lies nearer to the true box than the best scored proposal does on average.
  const overlaps = learned.results.map(
    ({ finds, truth }) =>
      bestOverlap(
        finds[0]!.box,
        truth.map(({ box }) => box),
      ).iou,
  );
  expect(overlaps.reduce((sum, value) => sum + value, 0) / overlaps.length).toBeGreaterThan(0.8);
  const [first] = learned.results;
  expect(first!.finds[0]!.probability).toBeGreaterThan(0.5);
});

it('boxes move as far after few photos as after many', async () => {
  const onto = photosOf(20, 30);
  // How much of the way to the true box the regressor goes, over proposals near it.
  const wayAfter = async (count: number) => {
    const { classes } = await learnFinder(task(photosOf(count, 10), []));
    let [along, whole] = [0, 0];
    for (const photo of onto) {
      const k = CLASSES.indexOf(photo.truth[0]!.label);
      const { weights, bias } = classes[k]!.regressor!;
      for (const box of photo.positives(k, 0.6).slice(1)) {
        const vector = vectorOf(photo, box);
        offsetsTo(photo.boxes[box]!, photo.truth[0]!.box).forEach((target, side) => {
          const own = { weights: weights.subarray(side * D, (side + 1) * D), bias: bias[side]! };
          along += target * score(vector, own);
          whole += target ** 2;
        });
      }
    }
    return along / whole;
  };
  const [few, many] = [await wayAfter(6), await wayAfter(60)];
  expect(few).toBeGreaterThan(0.8 * many);
});

it('the same photos and seed give the same finder', async () => {
  const run = () => learnFinder(task(photosOf(8, 10), []));
  const [a, b] = [await run(), await run()];
  expect(a.classes).toEqual(b.classes);
  expect(a.metrics).toBeNull();
});

it('needs a complete photo and a box of every class, and says so', async () => {
  await expect(learnFinder(task(photosOf(8, 10, false), []))).rejects.toThrow(/No photo is marked as complete/);
  const cats = photosOf(8, 10).filter((_, i) => i % 2 === 0);
  await expect(learnFinder(task(cats, []))).rejects.toThrow(/“dog” has no box/);
});

it('stops where it is told to', async () => {
  let steps = 0;
  const breathe = () => {
    if (++steps > 20) throw new Error('cancelled');
  };
  await expect(learnFinder({ ...task(photosOf(8, 10), []), breathe })).rejects.toThrow('cancelled');
});
