import { describe, expect, it } from 'vitest';
import golden from '../../../golden/recipe.json' with { type: 'json' };
import { createRandom } from '../random.ts';
import { leaveOneOut } from './leaveOneOut.ts';
import { Tridiagonal } from './tridiagonal.ts';

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

describe('a matrix made tridiagonal', () => {
  it.each([1, 2, 3, 17, 60])('has the inverse of a matrix of %i rows, whatever is added to its diagonal', async (n) => {
    const random = createRandom(n);
    const half = Float64Array.from({ length: n * n }, () => random.normal());
    const rows = Array.from({ length: n }, (_, i) => [...half.subarray(i * n, (i + 1) * n)]);
    const matrix = linearKernel(rows);
    const tridiagonal = await Tridiagonal.of(matrix, n);
    const identity = Float64Array.from({ length: n * n }, (_, at) => Number(at % n === Math.floor(at / n)));
    for (const shift of [0.1, 3]) {
      const inverse = tridiagonal.solve(tridiagonal.turn(identity, n), n, shift);
      const diagonal = tridiagonal.inverseDiagonal(shift);
      for (let i = 0; i < n; i++) {
        expect(Math.abs(diagonal[i]! - inverse[i * n + i]!)).toBeLessThan(1e-10);
        for (let j = 0; j < n; j++) {
          let sum = shift * inverse[i * n + j]!;
          for (let k = 0; k < n; k++) sum += matrix[i * n + k]! * inverse[k * n + j]!;
          expect(Math.abs(sum - Number(i === j))).toBeLessThan(1e-9);
        }
      }
    }
  });

  it('is refused where its numbers are none', async () => {
    await expect(Tridiagonal.of([1, Number.NaN, Number.NaN, 1], 2)).rejects.toThrow(/numbers that are none/);
  });
});
