import { describe, expect, it } from 'vitest';
import { RuleError } from '../../core/pyramid/geometry.ts';
import { AnysizeError } from '../../core/errors.ts';
import { DEFAULT_VECTORS } from '../../core/training/defaults.ts';
import { gatherVectors, testViews, trainingViews } from './gatherVectors.ts';
import { RunControl } from './RunControl.ts';
import type { TrainingProgress, TrainingSample } from '../../core/training/model.ts';
import { VectorHelpers } from '../path/VectorHelpers.ts';
import type { Vectors } from '../path/vectors.ts';

const samples = Array.from({ length: 20 }, (_, i): TrainingSample => ({
  id: `p${i}`,
  classIndex: 0,
  hash: `${i}`,
  perceptual: [i, i],
  image: { blob: new Blob([]), name: `photo ${i}.jpg` },
}));
const sides = samples.map(() => 'train' as const);

/** Vectors of which some are at hand; `asked` tells which photos were looked at. */
function fakeVectors(known: ReadonlySet<string>, failing: (hash: string) => Error | null, asked: string[]): Vectors {
  return {
    ready: Promise.resolve(),
    helpers: new VectorHelpers(),
    has: ({ hash }: TrainingSample) => known.has(hash),
    of: async ({ hash }: TrainingSample, views: unknown[]) => {
      asked.push(hash);
      await new Promise((resolve) => setTimeout(resolve, 1));
      const error = failing(hash);
      if (error) throw error;
      return views.map(() => new Float32Array(1));
    },
  } as unknown as Vectors;
}

const gather = (vectors: Vectors, onProgress: (p: TrainingProgress) => void = () => {}, signal?: AbortSignal) =>
  gatherVectors(vectors, samples, sides, DEFAULT_VECTORS, {
    onProgress,
    control: new RunControl(),
    signal: signal ?? new AbortController().signal,
  });

describe('gatherVectors', () => {
  it('leaves out the photos that cannot be read, and says how many vectors were at hand', async () => {
    const seen: TrainingProgress[] = [];
    const bad = new AnysizeError('UnreadableImage', 'no picture');
    const vectors = fakeVectors(new Set(['1', '2']), (hash) => (hash === '5' ? bad : null), []);
    const { photos, failed } = await gather(vectors, (progress) => seen.push(progress));
    expect(photos.map(({ sample }) => sample.id)).toEqual(samples.filter(({ id }) => id !== 'p5').map(({ id }) => id));
    expect(failed).toEqual([{ id: 'p5', message: 'no picture' }]);
    expect(seen.at(-1)).toMatchObject({ done: 20, total: 20, cached: 2 });
  });

  it('stops all its work at an error that is not about one file', async () => {
    const asked: string[] = [];
    const vectors = fakeVectors(new Set(), (hash) => (hash === '3' ? new Error('GPU gone') : null), asked);
    await expect(gather(vectors)).rejects.toThrow('GPU gone');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(asked.length).toBeLessThan(8);
  });

  it('stops all its work when it is cancelled', async () => {
    const asked: string[] = [];
    const controller = new AbortController();
    const vectors = fakeVectors(new Set(), () => null, asked);
    const stopAtFour = (progress: TrainingProgress) => {
      if (progress.phase === 'vectors' && progress.done === 4) {
        controller.abort(new AnysizeError('Cancelled', 'stopped'));
      }
    };
    await expect(gather(vectors, stopAtFour, controller.signal)).rejects.toMatchObject({ name: 'Cancelled' });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(asked.length).toBeLessThan(10);
  });

  it('names the photo that the paper rule does not fit', async () => {
    const vectors = fakeVectors(new Set(), (hash) => (hash === '0' ? new RuleError(11, 4, 'paper') : null), []);
    const error = await gather(vectors).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'BadArgument' });
    expect((error as Error).message).toMatch(
      /^“photo 0\.jpg”: the paper rule .* 9, 10, 12, 13.*Switch the paper rule off/,
    );
  });
});

it('augments training views only, the plain ones first, by a seed of the photo', () => {
  const options = {
    ...DEFAULT_VECTORS,
    augmentation: { views: 2, options: { HorizontalFlip: { p: 1 } } },
    trainSides: [224, 180],
    testSides: [180, 300],
  };
  const views = trainingViews(options, 7);
  expect(views.map(({ augmentation }) => augmentation?.seed ?? null)).toEqual([null, null, 7, 7, 8, 8]);
  expect(views.map(({ policy }) => (policy.kind === 'area' ? policy.side : 0))).toEqual([224, 180, 224, 180, 224, 180]);
  expect(testViews(options)).toEqual([
    { policy: { kind: 'area', side: 180 }, augmentation: null },
    { policy: { kind: 'area', side: 300 }, augmentation: null },
  ]);
});

describe('gatherVectors with helpers', () => {
  /** Counts how many are made at a time. */
  function counting(helpers: VectorHelpers) {
    const seen = { now: 0, most: 0 };
    const vectors = {
      ready: Promise.resolve(),
      helpers,
      has: () => false,
      of: async (_: TrainingSample, views: unknown[]) => {
        seen.most = Math.max(seen.most, ++seen.now);
        await new Promise((resolve) => setTimeout(resolve, 1));
        seen.now--;
        return views.map(() => new Float32Array(1));
      },
    } as unknown as Vectors;
    return { vectors, seen };
  }

  it('has more in flight from the moment a helper comes, and asks for help while photos are left', async () => {
    const asked: number[] = [];
    const helpers = new VectorHelpers((left, pace) => {
      asked.push(left);
      expect(pace).toBeGreaterThan(0);
      if (left === 15) helpers.add('one', { make: () => Promise.reject(new Error()), cancel: () => {} });
    });
    const { vectors, seen } = counting(helpers);
    const { photos } = await gather(vectors);
    expect(photos).toHaveLength(20);
    expect(seen.most).toBe(5);
    expect(asked).toEqual(Array.from({ length: 19 }, (_, i) => 19 - i));
  });

  it('has one in flight for each engine while it works ahead', async () => {
    const helpers = new VectorHelpers();
    helpers.add('one', { make: () => Promise.reject(new Error()), cancel: () => {} });
    const { vectors, seen } = counting(helpers);
    await gatherVectors(
      vectors,
      samples,
      sides,
      DEFAULT_VECTORS,
      { onProgress: () => {}, control: new RunControl(), signal: new AbortController().signal },
      { ahead: true },
    );
    expect(seen.most).toBe(2);
  });
});
