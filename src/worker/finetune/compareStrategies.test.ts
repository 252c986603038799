import { describe, expect, test } from 'vitest';
import { DEFAULT_SPLIT, DEFAULT_TRAINING, DEFAULT_VECTORS } from '../../core/training/defaults.ts';
import { judgeStrategies, summarise, withStrategy } from './compareStrategies.ts';

const AREA = { kind: 'area', side: 300 } as const;

describe('judgeStrategies', () => {
  test('names the one that wins on every seed, and by how much', () => {
    const results = [summarise('warp', [0.5, 0.6, 0.55, 0.5, 0.6]), summarise('spp', [0.8, 0.92, 0.84, 0.82, 0.9])];
    const { winners, verdict } = judgeStrategies(results, 1 / 3, AREA);
    expect(winners).toEqual(['spp']);
    expect(verdict).toBe('Whole photo 300, pyramid (SPP) wins with 85.6 %, 30.6 points above Warp 224, global mean.');
  });

  test('calls a tie what differs less than the seeds do', () => {
    const results = [
      summarise('mean', [0.8, 0.86, 0.78, 0.9, 0.82]),
      summarise('spp', [0.82, 0.84, 0.82, 0.86, 0.84]),
      summarise('crop', [0.6, 0.62, 0.58, 0.6, 0.61]),
    ];
    const { winners, verdict } = judgeStrategies(results, 1 / 3, AREA);
    expect(winners).toEqual(['mean', 'spp']);
    expect(verdict).toContain('Whole photo 300, global mean (83.2 %) and Whole photo 300, pyramid (SPP) (83.6 %) tie');
  });

  test('allows for splits that share their photos', () => {
    // Differences 0, 1, 2, 1, 1 points: mean 1, standard deviation 0.707. t = 2.776 gives 0.88 for independent splits, 1.43 here.
    const results = [summarise('mean', [0.8, 0.8, 0.8, 0.8, 0.8]), summarise('spp', [0.8, 0.81, 0.82, 0.81, 0.81])];
    expect(judgeStrategies(results, 0, AREA).winners).toEqual(['spp']);
    expect(judgeStrategies(results, 1 / 3, AREA).winners).toEqual(['mean', 'spp']);
  });

  test('summarises by mean and sample standard deviation', () => {
    expect(summarise('spp', [0.5, 0.7])).toEqual({
      strategy: 'spp',
      accuracies: [0.5, 0.7],
      mean: 0.6,
      deviation: expect.closeTo(Math.SQRT1_2 * 0.2, 10),
    });
  });
});

test('a strategy changes features, size policy and pyramid, and nothing else', () => {
  const request = {
    name: 'r',
    classes: ['a', 'b'],
    samples: [],
    split: DEFAULT_SPLIT,
    vectors: DEFAULT_VECTORS,
    training: DEFAULT_TRAINING,
  };
  expect(withStrategy(request, 'auto')).toEqual(request);
  const plain = { ...DEFAULT_VECTORS, grids: { two: 0, four: 0 } };
  expect(withStrategy(request, 'plain')).toEqual({ ...request, vectors: plain });
  expect(withStrategy(request, 'spp')).toEqual({ ...request, vectors: { ...DEFAULT_VECTORS, features: 'paper' } });
  const thorough = { ...request, vectors: { ...DEFAULT_VECTORS, features: 'thorough' as const } };
  expect(withStrategy(thorough, 'auto')).toEqual(thorough);
  expect(request.training).toBe(DEFAULT_TRAINING);
  expect(withStrategy(request, 'crop').vectors).toEqual({
    ...DEFAULT_VECTORS,
    features: 'paper',
    policy: { kind: 'crop' },
    pyramid: { levels: [1], rule: 'adaptive', pooling: 'mean' },
  });
  expect(withStrategy(request, 'mean').vectors.policy).toEqual(DEFAULT_VECTORS.policy);
  expect(withStrategy(request, 'warp').training).toEqual(request.training);

  // A rate found for 26,880 numbers would leave a head on 1,280 untrained.
  const byHand = { ...request, training: { ...DEFAULT_TRAINING, learningRate: 1e-4, epochs: 7 } };
  expect(withStrategy(byHand, 'mean').training).toEqual({ ...byHand.training, learningRate: 'auto' });
});
