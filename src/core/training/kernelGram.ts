import type { Gram } from './gram.ts';

/**
 * The Gram matrix of centred and scaled rows from the inner products of the rows as they were: with m the mean training row,
 * (x − m)·(y − m) = x·y − x·m − m·y + m·m.
 * @param train [N, N] products of the training rows
 * @param validation [M, N] products of the validation rows with them
 * @param scale what the centred rows are divided by
 */
export function gramOfKernel(train: Float64Array, validation: Float64Array | null, count: number, scale: number): Gram {
  const meansOf = (rows: Float64Array) =>
    Float64Array.from({ length: rows.length / count }, (_, i) => {
      let sum = 0;
      for (let j = 0; j < count; j++) sum += rows[i * count + j]!;
      return sum / count;
    });
  const means = meansOf(train);
  const grand = means.reduce((sum, mean) => sum + mean, 0) / count;
  const factor = 1 / (scale * scale);
  const centred = (rows: Float64Array, rowMeans: Float64Array) =>
    Float32Array.from(rows, (value, at) => {
      const i = Math.floor(at / count);
      return (value - rowMeans[i]! - means[at - i * count]! + grand) * factor;
    });
  return {
    count,
    train: centred(train, means),
    validation: validation && centred(validation, meansOf(validation)),
  };
}
