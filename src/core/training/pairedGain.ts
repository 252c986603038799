/** Two-sided 95% quantiles of Student's t for 1, 2, … degrees of freedom. */
const STUDENT = [12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

/** A difference of two accuracies over the same splits: its mean and half its 95% interval. */
export interface PairedGain {
  mean: number;
  /** 0 for one split. */
  margin: number;
}

/**
 * Student's t with the variance of resampled splits, s²·(1/J + n_val/n_train), because the splits share their photos (Nadeau & Bengio 2003).
 * @param judgedPerLearned n_val/n_train
 */
export function pairedGain(
  accuracies: readonly number[],
  others: readonly number[],
  judgedPerLearned: number,
): PairedGain {
  const differences = accuracies.map((accuracy, i) => accuracy - (others[i] ?? 0));
  const seeds = differences.length;
  const t = STUDENT[Math.min(seeds - 2, STUDENT.length - 1)] ?? 0;
  return { mean: mean(differences), margin: t * deviation(differences) * Math.sqrt(1 / seeds + judgedPerLearned) };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation; 0 for one value. */
export function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}
