import { describe, expect, test } from 'vitest';
import { DEFAULT_SPLIT, DEFAULT_TRAINING, DEFAULT_VECTORS } from './defaults.ts';
import { judgeStrategies, summarise, withStrategy } from './compareStrategies.ts';

describe('judgeStrategies', () => {
  test('names the one that wins on every seed, and by how much', () => {
    const results = [summarise('warp', [0.5, 0.6, 0.55, 0.5, 0.6]), summarise('spp', [0.8, 0.92, 0.84, 0.82, 0.9])];
    const { winners, verdict } = judgeStrategies(results);
    expect(winners).toEqual(['spp']);
    expect(verdict).toBe('SPP wins with 85.6%, 30.6 points above squash to 224 with the global mean.');
  });

  test('calls a tie what differs less than the seeds do', () => {
    const results = [
      summarise('mean', [0.8, 0.86, 0.78, 0.9, 0.82]),
      summarise('spp', [0.82, 0.84, 0.82, 0.86, 0.84]),
      summarise('crop', [0.6, 0.62, 0.58, 0.6, 0.61]),
    ];
    const { winners, verdict } = judgeStrategies(results);
    expect(winners).toEqual(['mean', 'spp']);
    expect(verdict).toContain('Aspect kept with the global mean (83.2%) and SPP (83.6%) tie');
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

test('a strategy changes size policy and pyramid, and nothing else', () => {
  const request = {
    name: 'r',
    classes: ['a', 'b'],
    samples: [],
    split: DEFAULT_SPLIT,
    vectors: DEFAULT_VECTORS,
    training: DEFAULT_TRAINING,
  };
  expect(withStrategy(request, 'spp')).toEqual(request);
  expect(withStrategy(request, 'crop').vectors).toEqual({
    ...DEFAULT_VECTORS,
    policy: { kind: 'crop' },
    pyramid: { levels: [1], rule: 'adaptive', pooling: 'mean' },
  });
  expect(withStrategy(request, 'mean').vectors.policy).toEqual(DEFAULT_VECTORS.policy);
  expect(withStrategy(request, 'warp').training).toBe(request.training);
});
