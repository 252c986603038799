/** Accuracy of features on held-out photos by kernel ridge, λ by leave-one-out for all. Pure: vectors in, shares out. */
import { createRandom } from '../src/core/random.ts';
import { bestLeaveOneOut, centredKernel, centredTargets, leaveOneOut } from '../src/core/recipe/leaveOneOut.ts';
import { Tridiagonal } from '../src/core/recipe/tridiagonal.ts';

/** Inner products [N, N] of rows. */
export function kernelOfRows(rows: readonly Float32Array[]): Float64Array {
  const n = rows.length;
  const kernel = new Float64Array(n * n);
  rows.forEach((a, i) =>
    rows.slice(0, i + 1).forEach((b, j) => {
      let sum = 0;
      for (let d = 0; d < a.length; d++) sum += (a[d] ?? 0) * (b[d] ?? 0);
      kernel[i * n + j] = sum;
      kernel[j * n + i] = sum;
    }),
  );
  return kernel;
}

/** Photos for training (the share of each class) and the rest, by a seed. */
export function seededSplit(
  labels: readonly number[],
  share: number,
  seed: number,
): { train: number[]; test: number[] } {
  const random = createRandom(seed);
  const train: number[] = [];
  for (const label of new Set(labels)) {
    const own = labels.flatMap((other, i) => (other === label ? [i] : []));
    train.push(...random.shuffle(own).slice(0, Math.round(share * own.length)));
  }
  const inside = new Set(train);
  return { train, test: labels.flatMap((_, i) => (inside.has(i) ? [] : [i])) };
}

type Split = ReturnType<typeof seededSplit>;

/** Share of the test photos that are right, for the kernel (of several candidates) with the least leave-one-out error, at its best λ. */
export async function heldOutAccuracy(
  candidates: readonly Float64Array[],
  labels: readonly number[],
  classes: number,
  split: Split,
): Promise<{ accuracy: number; chosen: number }> {
  const answers = await Promise.all(candidates.map((kernel) => heldOutScores(kernel, labels, classes, split)));
  const chosen = answers.reduce((best, { error }, i) => (error < (answers[best]?.error ?? Infinity) ? i : best), 0);
  const { scores } = answers[chosen] ?? { scores: [] };
  return { accuracy: shareRight(scores, labels, split), chosen };
}

/** Share of the test photos whose largest score is their class. */
export function shareRight(scores: readonly number[][], labels: readonly number[], { test }: Split): number {
  return test.filter((photo, i) => scores[i]?.indexOf(Math.max(...scores[i])) === labels[photo]).length / test.length;
}

/** Kernel ridge at the λ of the least leave-one-out error: that error, and each test photo's scores [K]. */
export async function heldOutScores(
  kernel: Float64Array,
  labels: readonly number[],
  classes: number,
  { train, test }: Split,
): Promise<{ error: number; scores: number[][] }> {
  const n = train.length;
  const own = train.map((i) => labels[i] ?? 0);
  const inner = Float64Array.from({ length: n * n }, (_, at) => {
    const [i = 0, j = 0] = [train[Math.floor(at / n)], train[at % n]];
    return kernel[i * labels.length + j] ?? 0;
  });
  const { error, lambda } = bestLeaveOneOut(await leaveOneOut(inner, own, classes));
  const means = Array.from({ length: n }, (_, j) => train.reduce((sum, _, i) => sum + (inner[i * n + j] ?? 0) / n, 0));
  const grand = means.reduce((sum, value) => sum + value / n, 0);
  const scale = train.reduce((sum, _, i) => sum + ((inner[i * n + i] ?? 0) - 2 * (means[i] ?? 0) + grand) / n, 0);
  const tridiagonal = await Tridiagonal.of(centredKernel(inner, n), n);
  const turned = tridiagonal.turn(centredTargets(own, classes), classes);
  const coefficients = tridiagonal.solve(turned, classes, n * lambda);
  const scores = test.map((photo) => {
    const across = train.map((i) => kernel[photo * labels.length + i] ?? 0);
    const mean = across.reduce((sum, value) => sum + value / n, 0);
    return Array.from({ length: classes }, (_, k) =>
      across.reduce(
        (sum, value, i) =>
          sum + ((value - mean - (means[i] ?? 0) + grand) / scale) * (coefficients[i * classes + k] ?? 0),
        0,
      ),
    );
  });
  return { error, scores };
}
