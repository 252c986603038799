/** Two-sided 95 % quantiles of Student's t for 1, 2, … degrees of freedom; beyond them the last is a little too wide. */
const STUDENT = [12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145];

/**
 * Mean of the folds' accuracies with its 95 % interval: Student's t with the variance of resampled splits, s²·(1/J + n_judged/n_learned), because
 * the splits share their photos (Nadeau & Bengio 2003).
 * @param accuracies of each fold of each repeat, 0…1; at least two
 * @param judgedPerLearned photos judged over photos learned from, of one fold
 */
export function intervalOfFolds(
  accuracies: readonly number[],
  judgedPerLearned: number,
): { mean: number; low: number; high: number } {
  const count = accuracies.length;
  const mean = accuracies.reduce((sum, value) => sum + value, 0) / count;
  const variance = accuracies.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  const t = STUDENT[Math.min(count - 2, STUDENT.length - 1)] ?? 0;
  const half = t * Math.sqrt(variance * (1 / count + judgedPerLearned));
  return { mean, low: Math.max(0, mean - half), high: Math.min(1, mean + half) };
}
