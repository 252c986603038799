import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { toChannelMajor } from '../../core/pyramid/flatten.ts';
import { RuleError, PyramidError } from '../../core/pyramid/geometry.ts';
import type { SppAttributes } from './attributes.ts';
import { goldenCases } from './fixtures.ts';
import { argmaxReference, gradientReference, poolReference } from './reference.ts';
import { spp, sppWithArgmax } from './spp.ts';

beforeAll(() => tf.setBackend('cpu'));

const whole = (levels: number[], pooling: 'max' | 'mean', height: number, width: number): SppAttributes => ({
  levels,
  rule: 'adaptive',
  pooling,
  windows: Int32Array.of(0, 0, height, width),
});

describe('by hand', () => {
  // Two channels; the second is the first times −1.
  const rows = [1, 5, 3, 2, 4, 4, 6, 0, 6];
  const map = Float32Array.from(rows.flatMap((value) => [value, -value]));

  it('max of a 3×3 map in [2, 1]', () => {
    const out = poolReference(map, [3, 3, 2], whole([2, 1], 'max', 3, 3));
    expect([...out]).toEqual([5, -1, 5, -3, 6, -0, 6, -0, 6, -0]);
  });

  it('argmax: the first in row-major order on ties', () => {
    const out = argmaxReference(map, [3, 3, 2], whole([2, 1], 'max', 3, 3));
    expect([...out]).toEqual([1, 0, 1, 2, 6, 7, 8, 7, 6, 7]);
  });

  it('mean of a 3×3 map in [2, 1]', () => {
    const out = poolReference(map, [3, 3, 2], whole([2, 1], 'mean', 3, 3));
    expect([...out]).toEqual([3, -3, 4, -4, 3, -3, 3.5, -3.5, Math.fround(31 / 9), Math.fround(-31 / 9)]);
  });

  it('gradient of max goes to the first maximum of each bin', () => {
    const dy = [1, 10, 2, 20, 4, 40, 8, 80, 16, 160];
    const dx = gradientReference(dy, map, [3, 3, 2], whole([2, 1], 'max', 3, 3));
    expect([...dx].filter((_, i) => i % 2 === 0)).toEqual([0, 3, 0, 0, 0, 0, 20, 0, 8]);
    expect([...dx].filter((_, i) => i % 2 === 1)).toEqual([10, 0, 20, 0, 0, 0, 0, 280, 0]);
  });

  it('gradient of mean is spread equally', () => {
    const dx = gradientReference([4, 8, 12, 16, 9], rows, [3, 3, 1], whole([2, 1], 'mean', 3, 3));
    expect([...dx]).toEqual([2, 4, 3, 5, 11, 7, 4, 8, 5]);
  });

  it('NaN wins over every number', () => {
    const broken = Float32Array.from([1, NaN, 7, NaN, 2, 3, 4, 5, 6]);
    const attributes = whole([1, 3], 'max', 3, 3);
    expect(poolReference(broken, [3, 3, 1], attributes)[0]).toBeNaN();
    expect(argmaxReference(broken, [3, 3, 1], attributes)[0]).toBe(1);
  });
});

describe('spp() on the cpu backend', () => {
  it.each(goldenCases)('equals PyTorch: $name', ({ shape, levels, rule, input, output }) => {
    const map = tf.tensor3d(input, [...shape]);
    const run = () => spp(map, { levels, rule, pooling: 'max' });
    if (output) {
      const vector = run().dataSync() as Float32Array;
      expect([...toChannelMajor(vector, levels, shape[2])]).toEqual(output);
    } else {
      expect(run).toThrow(RuleError);
      expect(run).toThrow('the paper rule does not give n bins at this size');
    }
  });

  it('has all 57 cases, some of them errors', () => {
    expect(goldenCases).toHaveLength(57);
    expect(goldenCases.filter(({ output }) => !output).length).toBeGreaterThan(10);
  });

  it('pools every window of a list or a tensor', () => {
    const map = tf.tensor3d(
      Array.from({ length: 30 }, (_, i) => i),
      [5, 6, 1],
    );
    const windows = [
      [0, 0, 2, 2],
      [1, 2, 5, 6],
    ];
    const expected = [
      [0, 1, 6, 7, 7],
      [15, 17, 27, 29, 29],
    ];
    expect(spp(map, { levels: [2, 1], rule: 'adaptive', pooling: 'max', windows }).arraySync()).toEqual(expected);
    const tensor = tf.tensor2d(windows, [2, 4], 'int32');
    expect(spp(map, { levels: [2, 1], rule: 'adaptive', pooling: 'max', windows: tensor }).arraySync()).toEqual(
      expected,
    );
    const { values, argmax } = sppWithArgmax(map, { levels: [2, 1], rule: 'adaptive', pooling: 'max', windows });
    expect(values.arraySync()).toEqual(expected);
    expect(argmax.dtype).toBe('int32');
    expect(argmax.arraySync()).toEqual(expected);
  });

  it('leaves no tensor behind but its answer', () => {
    const map = tf.ones<tf.Rank.R3>([4, 4, 3]);
    const before = tf.memory().numTensors;
    spp(map, { levels: [2, 1], rule: 'adaptive', pooling: 'max' }).dispose();
    const both = sppWithArgmax(map, { levels: [2, 1], rule: 'adaptive', pooling: 'max' });
    tf.dispose(both);
    tf.grad((x) => spp(x as tf.Tensor3D, { levels: [2], rule: 'adaptive', pooling: 'max' }))(map).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('has no rows without windows', () => {
    const map = tf.ones<tf.Rank.R3>([4, 4, 3]);
    expect(spp(map, { levels: [2, 1], rule: 'adaptive', pooling: 'max', windows: [] }).shape).toEqual([0, 15]);
  });
});

describe('refusals', () => {
  const map = tf.ones<tf.Rank.R3>([5, 7, 2]);
  const options = { levels: [2, 1], rule: 'adaptive', pooling: 'max' } as const;

  it.each([
    ['is empty', [[1, 1, 1, 3]]],
    ['is empty', [[0, 5, 5, 2]]],
    [
      'reaches outside the map of 5×7 cells',
      [
        [0, 0, 5, 7],
        [0, 0, 6, 7],
      ],
    ],
    ['reaches outside', [[-1, 0, 2, 2]]],
    ['is not of whole cells', [[0, 0.5, 2, 2]]],
    ['is not of whole cells', [[0, Number.NaN, 2, 2]]],
    ['is no row of', [[0, 1, 2]]],
  ])('a window that %s: %j', (message, windows) => {
    const run = () => spp(map, { ...options, windows });
    expect(run).toThrow(message);
    expect(run).toThrow(expect.objectContaining({ name: 'BadArgument' }));
  });

  it('names the window', () => {
    expect(() =>
      spp(map, {
        ...options,
        windows: [
          [0, 0, 1, 1],
          [2, 2, 9, 9],
        ],
      }),
    ).toThrow('window 1 [2, 2, 9, 9]');
  });

  it('levels, rules, poolings and maps that are none', () => {
    expect(() => spp(map, { ...options, levels: [] })).toThrow(PyramidError);
    expect(() => spp(map, { ...options, rule: 'other' as 'paper' })).toThrow('rule is');
    expect(() => spp(map, { ...options, pooling: 'sum' as 'max' })).toThrow('pooling is');
    expect(() => spp(tf.ones([0, 2, 2]), options)).toThrow('each at least 1');
    expect(() => sppWithArgmax(map, { ...options, pooling: 'mean' })).toThrow('only max pooling');
  });

  it('the paper rule inside a window', () => {
    expect(() =>
      spp(map, {
        ...options,
        levels: [4],
        rule: 'paper',
        windows: [
          [0, 0, 5, 5],
          [0, 0, 5, 6],
        ],
      }),
    ).toThrow(RuleError);
  });
});
