import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../core/featureMap.ts';
import { applyHead } from '../../core/head/buildHead.ts';
import { calibration } from '../../core/metrics/metrics.ts';
import { createRandom, hash32 } from '../../core/random.ts';
import { softmax } from '../../core/softmax.ts';
import { DEFAULT_TRAINING, DEFAULT_VECTORS } from '../../core/training/defaults.ts';
import type { TrainingOptions, TrainingRequest, TrainingRun } from '../../core/training/model.ts';
import { VectorHelpers } from '../path/VectorHelpers.ts';
import type { Vectors } from '../path/vectors.ts';
import { Preparation } from './prepare.ts';
import { RunControl } from './RunControl.ts';
import { trainRun } from './trainRun.ts';

const CLASSES = 3;
const TESTS = 600;
/** How far photos stray from the middle of their class: a good sixth is taken for another. */
const SPREAD = 1.1;

/** A photo's vector: its class's direction among noise in a few others. */
function drawn(id: string): Float32Array {
  const random = createRandom(hash32(id));
  const vector = new Float32Array(CHANNELS).fill(1);
  for (let d = 0; d < 40; d++) vector[d]! += SPREAD * random.normal() * (d < 12 ? 1 : 0.6);
  vector[classOf(id)]! += 3;
  return vector;
}

const classOf = (id: string): number => Number(id.slice(1)) % CLASSES;

const vectors = {
  ready: Promise.resolve(),
  helpers: new VectorHelpers(),
  has: () => true,
  of: async ({ hash }: { hash: string }, views: unknown[]) => views.map(() => drawn(hash)),
  // No two photos are alike.
  likeness: async ({ hash }: { hash: string }) => {
    const random = createRandom(hash32(hash, 1));
    return Float32Array.from({ length: 64 }, () => random.normal() / 8);
  },
} as unknown as Vectors;

/** A run on so many photos, a share of which validates, and many more to test on. */
function run(photos: number, share: number, training: Partial<TrainingOptions>): Promise<TrainingRun> {
  const request: TrainingRequest = {
    name: 'r',
    classes: ['a', 'b', 'c'],
    samples: Array.from({ length: photos + TESTS }, (_, i) => ({
      id: `p${i}`,
      classIndex: i % CLASSES,
      hash: `p${i}`,
      perceptual: [hash32(`${i}`), hash32(`${i}`, 1)],
      image: { blob: new Blob([]), name: `p${i}.jpg` },
      ...(i >= photos && { holdout: 'test' as const }),
    })),
    split: { share, seed: 1 },
    vectors: { ...DEFAULT_VECTORS, features: 'paper', pyramid: { levels: [1], rule: 'adaptive', pooling: 'mean' } },
    training: { ...DEFAULT_TRAINING, ...training },
  };
  const signal = new AbortController().signal;
  return trainRun(new Preparation(vectors), request, 'cpu', () => {}, new RunControl(), signal);
}

/** Calibration error on the test photos as they are answered, and as they would be had no temperature been fitted. */
function errors({ predictions, calibrated }: TrainingRun): { after: number; before: number } {
  const tests = predictions.filter(({ side }) => side === 'test');
  const errorAt = (power: number) => {
    const confidence = tests.map(({ probabilities }) => {
      const powers = probabilities.map((p) => p ** power);
      return Math.max(...powers) / powers.reduce((sum, value) => sum + value, 0);
    });
    return calibration(
      confidence,
      tests.map(({ predicted, truth }) => predicted === truth),
    ).error;
  };
  return { after: errorAt(1), before: errorAt(calibrated?.temperature ?? 1) };
}

describe('the temperature of a run', () => {
  it.each(['exact', 'gradient'] as const)(
    'is fitted on all photos at hand, and right on 600 others: %s',
    async (method) => {
      const made = await run(200, 0.25, { method, weightDecay: 0.1 });
      expect(made.calibrated).toMatchObject({ on: 'training', photos: 200 });
      const { after, before } = errors(made);
      expect(before).toBeGreaterThan(0.4);
      expect(after).toBeLessThan(0.05);
      expect(made.head.temperature).toBe(made.calibrated?.temperature);
    },
  );

  it('is in the head itself: whoever applies its weights says the same, and the threshold’s curve is drawn over it', async () => {
    const { head, predictions, metrics, calibrated } = await run(60, 0.25, { method: 'exact', weightDecay: 0.1 });
    expect(calibrated?.temperature).toBeLessThan(0.5);
    for (const { id, probabilities } of predictions.slice(0, 8)) {
      const said = softmax(applyHead(head, drawn(id)).logits);
      expect([...said]).toEqual(probabilities.map((p) => expect.closeTo(p, 5)));
    }
    const surest = predictions
      .filter(({ side }) => side === 'val')
      .map(({ probabilities }) => Math.max(...probabilities));
    expect(metrics?.coverage.at(-1)?.threshold).toBeCloseTo(Math.max(...surest), 6);
    expect(metrics?.calibration.error).toBeLessThan(calibrated?.before?.calibration.error ?? 0);
  });

  it('heeds no answers of the optimum where the head stopped far from it, if there are validation photos to go by', async () => {
    const made = await run(160, 0.25, { epochs: 1 });
    expect(made.calibrated).toMatchObject({ on: 'validation', photos: made.metrics?.count });
    expect(errors(made).after).toBeLessThan(0.05);
  });

  it('brings the optimum’s answers to the head’s scale where there is nothing else to go by', async () => {
    const made = await run(120, 0, { epochs: 4 });
    expect(made.calibrated).toMatchObject({ on: 'training', photos: 120, before: null });
    expect(errors(made).before).toBeGreaterThan(0.12);
    expect(errors(made).after).toBeLessThan(0.05);
  });
});
