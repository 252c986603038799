import { describe, expect, it } from 'vitest';
import golden from '../../../golden/recipe.json' with { type: 'json' };
import { createRandom } from '../random.ts';
import { leaveOneOut } from './leaveOneOut.ts';
import { symmetricEigen } from './symmetricEigen.ts';

const linearKernel = (rows: number[][]) =>
  rows.flatMap((a) => rows.map((b) => a.reduce((sum, value, d) => sum + value * b[d]!, 0)));

describe('leave-one-out', () => {
  it.each(golden.leaveOneOut.cases.map((each, i) => [i, each] as const))(
    'gives the golden errors, case %i',
    async (_, { x, y, lambdas, error, accuracy }) => {
      const curve = await leaveOneOut(linearKernel(x), y, Math.max(...y) + 1, lambdas);
      curve.forEach((point, i) => {
        expect(Math.abs(point.error - error[i]!)).toBeLessThan(1e-5);
        expect(Math.abs(point.accuracy - accuracy[i]!)).toBeLessThan(1e-5);
      });
    },
  );

  it('needs photos and their products', async () => {
    await expect(leaveOneOut([1], [0], 2)).rejects.toThrow(/two photos or more/);
    await expect(leaveOneOut([1, 2, 3], [0, 1], 2)).rejects.toThrow(/2 × 2/);
  });

  it('is no help, and no NaN, where all photos are alike', async () => {
    const [point] = await leaveOneOut(
      Array.from({ length: 16 }, () => 1),
      [0, 1, 0, 1],
      2,
    );
    expect(point!.error).toBeGreaterThan(0.5);
  });
});

describe('eigenvectors', () => {
  it.each([1, 2, 3, 17, 60])('put a matrix of %i rows together again', async (n) => {
    const random = createRandom(n);
    const half = Float64Array.from({ length: n * n }, () => random.normal());
    const at = (i: number, j: number) => half[i * n + j]! + half[j * n + i]!;
    const matrix = Float64Array.from({ length: n * n }, (_, k) => at(Math.floor(k / n), k % n));
    const { values, vectors } = await symmetricEigen(matrix, n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let [sum, product] = [0, 0];
        for (let k = 0; k < n; k++) {
          sum += values[k]! * vectors[k * n + i]! * vectors[k * n + j]!;
          product += vectors[i * n + k]! * vectors[j * n + k]!;
        }
        expect(Math.abs(sum - matrix[i * n + j]!)).toBeLessThan(1e-10 * n);
        expect(Math.abs(product - Number(i === j))).toBeLessThan(1e-12 * n);
      }
    }
  });

  it('are found of matrices with many equal eigenvalues', async () => {
    const { values } = await symmetricEigen([2, 0, 0, 0, 2, 0, 0, 0, 5], 3);
    expect([...values].toSorted((a, b) => a - b)).toEqual([2, 2, 5]);
  });

  it('are not looked for for ever', async () => {
    await expect(symmetricEigen([1, Number.NaN, Number.NaN, 1], 2)).rejects.toThrow(/numbers that are none/);
  });
});
