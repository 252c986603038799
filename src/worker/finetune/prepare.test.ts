import { describe, expect, it } from 'vitest';
import { levelLengths } from '../../core/head/normalise.ts';
import { DEFAULT_SPLIT, DEFAULT_TRAINING, DEFAULT_VECTORS } from '../../core/training/defaults.ts';
import { RunControl } from './RunControl.ts';
import { CHANNELS } from '../../core/featureMap.ts';
import { Preparation } from './prepare.ts';
import { createRandom } from '../../core/random.ts';
import { PACKED_LENGTH } from '../../core/recipe/packedPhoto.ts';
import { PYRAMID_CANDIDATES } from '../../core/recipe/recipe.ts';
import { computeGram } from '../../core/training/gram.ts';
import type { TrainingRequest, VectorOptions } from '../../core/training/model.ts';
import { VectorHelpers } from '../path/VectorHelpers.ts';
import type { Vectors } from '../path/vectors.ts';

const pyramid = { levels: [1], rule: 'adaptive', pooling: 'mean' } as const;
const length = levelLengths([...pyramid.levels], CHANNELS)[0]!;

/** Unit vectors that have nothing in common. */
const unit = (place: number) => Float32Array.from({ length: 64 }, (_, i) => (i === place % 64 ? 1 : 0));

/** Vectors of which each photo's first number is its hash. */
const vectors = {
  ready: Promise.resolve(),
  helpers: new VectorHelpers(),
  has: () => true,
  of: async ({ hash }: { hash: string }, views: unknown[]) =>
    views.map(() => Float32Array.from({ length }, (_, i) => (i === 0 ? Number(hash) : (Number(hash) * i) % 7))),
  likeness: async ({ hash }: { hash: string }) => unit(Number(hash)),
} as unknown as Vectors;

/** Photos 1…count of two classes in turn; `perceptual` tells which look alike. */
function request(count: number, perceptual: (i: number) => [number, number]): TrainingRequest {
  return {
    name: 'r',
    classes: ['a', 'b'],
    samples: Array.from({ length: count }, (_, i) => ({
      id: `p${i}`,
      classIndex: i % 2,
      hash: `${i + 1}`,
      perceptual: perceptual(i),
      image: { blob: new Blob([]), name: `p${i}.jpg` },
    })),
    split: DEFAULT_SPLIT,
    vectors: { ...DEFAULT_VECTORS, features: 'paper', pyramid: { ...pyramid, levels: [...pyramid.levels] } },
    training: DEFAULT_TRAINING,
  };
}

const unlike = (i: number): [number, number] => [
  (Math.imul(i + 1, 0x9e3779b1) ^ (i << 7)) >>> 0,
  0xff00ff00 ^ (i * 0x10101),
];
const prepare = (preparation: Preparation, asked: TrainingRequest) =>
  preparation.prepare(asked, () => {}, new RunControl(), new AbortController().signal);

describe('Preparation', () => {
  it('keeps the training set while photos, split, pyramid and normalisation stay, whatever else changes', async () => {
    const preparation = new Preparation(vectors);
    const asked = request(24, unlike);
    const { set } = await prepare(preparation, asked);
    const again = { ...asked, name: 'other', training: { ...asked.training, learningRate: 0.5, epochs: 3 } };
    expect((await prepare(preparation, again)).set).toBe(set);
    const otherNormalisation = { ...asked.training, normalisation: { sqrt: true, l2: 'none', centre: false } as const };
    const changed: TrainingRequest[] = [
      { ...asked, split: { ...asked.split, seed: 2 } },
      { ...asked, training: otherNormalisation },
      { ...asked, samples: asked.samples.slice(1) },
      { ...asked, samples: asked.samples.map((sample, i) => (i === 5 ? { ...sample, classIndex: 0 } : sample)) },
      { ...asked, vectors: { ...asked.vectors, policy: { kind: 'warp' } } },
    ];
    for (const one of changed) expect((await prepare(preparation, one)).set).not.toBe(set);
  });

  it('says when a class is learned but never checked', async () => {
    const alike = request(12, (i) => (i % 2 === 0 ? [0x0ff00ff0, 0x0ff00ff0] : unlike(i)));
    const { notices, photos } = await prepare(new Preparation(vectors), alike);
    expect(photos.filter(({ side, sample }) => side === 'val' && sample.classIndex === 0)).toHaveLength(0);
    expect(photos.filter(({ side, sample }) => side === 'val' && sample.classIndex === 1).length).toBeGreaterThan(0);
    expect(notices).toEqual([expect.stringMatching(/^No validation photo of “a”:/)]);
    expect((await prepare(new Preparation(vectors), request(24, unlike))).notices).toEqual([]);
  });

  describe('frames of one burst', () => {
    /** Two frames each of 20 scenes: hashes 12 bits apart, vectors at 18°. */
    const frames = request(40, (i) => {
      const [a, b] = unlike(i >> 1);
      return i % 2 === 0 ? [a, b] : [(a ^ 0xfff) >>> 0, b >>> 0];
    });
    const burst: TrainingRequest = {
      ...frames,
      samples: frames.samples.map((sample, i) => ({ ...sample, classIndex: (i >> 1) % 2 })),
    };
    const seen = {
      ...vectors,
      likeness: async ({ hash }: { hash: string }) => {
        const i = Number(hash) - 1;
        const vector = unit(i >> 1);
        if (i % 2 === 1) [vector[i >> 1], vector[63]] = [0.95, Math.sqrt(1 - 0.95 ** 2)];
        return vector;
      },
    } as unknown as Vectors;
    const splitPairs = ({ photos }: { photos: readonly { side: string; sample: { id: string } }[] }) => {
      const sides = new Map(photos.map(({ side, sample }) => [sample.id, side]));
      return Array.from({ length: 20 }, (_, k) => sides.get(`p${2 * k}`) !== sides.get(`p${2 * k + 1}`));
    };

    it('stay on one side by their vectors, and are parted where vectors say that they are others', async () => {
      expect(splitPairs(await prepare(new Preparation(seen), burst)).filter(Boolean)).toHaveLength(0);
      expect(splitPairs(await prepare(new Preparation(vectors), burst)).filter(Boolean).length).toBeGreaterThan(2);
    });

    it('are found once, whatever the split, and by the same vectors for requests that are compared', async () => {
      let asked = 0;
      const counting = {
        ...seen,
        likeness: (photo: never, ...rest: never[]) => {
          asked++;
          return (seen.likeness as (...given: never[]) => Promise<Float32Array>)(photo, ...rest);
        },
      } as unknown as Vectors;
      const preparation = new Preparation(counting);
      const { groups } = await prepare(preparation, burst);
      const other = { ...burst, split: { ...burst.split, seed: 5 } };
      const warped: TrainingRequest = { ...other, vectors: { ...other.vectors, policy: { kind: 'warp' } } };
      const control = new RunControl();
      await prepare(preparation, other);
      const { photos } = await preparation.prepare(
        warped,
        () => {},
        control,
        new AbortController().signal,
        burst.vectors,
      );
      expect(asked).toBe(40);
      expect(splitPairs({ photos }).filter(Boolean)).toHaveLength(0);
      expect(new Set(groups).size).toBeLessThan(groups.length);
    });
  });

  it('refuses a class without a photo to train on, by its name', async () => {
    const asked = { ...request(10, unlike), classes: ['a', 'b', '__proto__'] };
    await expect(prepare(new Preparation(vectors), asked)).rejects.toThrow(/The class "__proto__" has no/);
  });
});

describe('Preparation on the recipe', () => {
  /** Blocks of random photos of which the second class's are moved in the finest grid alone. */
  const packed: Vectors = {
    ready: Promise.resolve(),
    helpers: new VectorHelpers(),
    has: () => true,
    of: async ({ hash }: { hash: string }, views: unknown[]) => {
      const random = createRandom(Number(hash));
      return views.map(() => {
        const row = Float32Array.from({ length: PACKED_LENGTH }, () => random.normal() / 100);
        for (let d = 20_000; d < 20_400; d++) row[d]! += Number(hash) % 2 === 0 ? 0.05 : 0;
        return row;
      });
    },
    likeness: async ({ hash }: { hash: string }) => unit(Number(hash)),
  } as unknown as Vectors;
  const asked = (vectors: Partial<VectorOptions>) => {
    const base = request(32, unlike);
    return { ...base, vectors: { ...DEFAULT_VECTORS, ...vectors } };
  };

  it('chooses the pyramid where only it tells the classes apart, and heeds who overrules it', async () => {
    const preparation = new Preparation(packed);
    const { recipe, set } = await prepare(preparation, asked({}));
    expect(recipe?.choice.chosen).toBe(2);
    expect(recipe?.weights).toEqual(PYRAMID_CANDIDATES[2]);
    expect(set.length).toBe(28_032);
    const plain = await prepare(preparation, asked({ grids: { two: 0, four: 0 } }));
    expect(plain.recipe).toEqual({ weights: { two: 0, four: 0 }, choice: recipe?.choice });
    expect(plain.set.length).toBe(2_432);
    expect((await prepare(new Preparation(vectors), request(12, unlike))).recipe).toBeNull();
  });

  it('has the Gram matrix of its rows from the products that the choice was made on', async () => {
    const { set } = await prepare(new Preparation(packed), asked({}));
    const given = await set.gram();
    const computed = await computeGram(set);
    given.train.forEach((value, at) => expect(Math.abs(value - computed.train[at]!)).toBeLessThan(1e-4));
    given.validation?.forEach((value, at) => expect(Math.abs(value - computed.validation![at]!)).toBeLessThan(1e-4));
    expect(given.validation).toHaveLength(computed.validation?.length ?? -1);
    expect(given.train).not.toBe(computed.train);
  });
});
