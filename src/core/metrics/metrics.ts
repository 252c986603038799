/** How good a classifier is: plain functions of probabilities and true classes. */

export interface ClassMetrics {
  /** Of what was called this class, the share that is; null when nothing was called it. */
  precision: number | null;
  /** Of what is this class, the share that was called it; null when nothing is. */
  recall: number | null;
  /** 2·precision·recall / (precision + recall), as 2·TP / (2·TP + FP + FN); null when both are null. */
  f1: number | null;
  /** Samples that are this class. */
  support: number;
}

/** A share with its 95% confidence interval, all 0…1. */
export interface Proportion {
  value: number;
  low: number;
  high: number;
  count: number;
}

export interface ReliabilityBin {
  /** Range of confidence, (low, high]. */
  low: number;
  high: number;
  count: number;
  /** Mean confidence and accuracy of the samples within; null when there are none. */
  confidence: number | null;
  accuracy: number | null;
}

export interface Calibration {
  bins: ReliabilityBin[];
  /** Expected calibration error: Σ (count/N)·|accuracy − confidence| (Naeini et al. 2015). */
  error: number;
}

export interface CoveragePoint {
  /** Answers with at least this confidence are given; the others are "unknown". */
  threshold: number;
  /** Share of samples that get an answer. */
  coverage: number;
  /** Accuracy among the answers given; null when none is. */
  accuracy: number | null;
}

export interface Metrics {
  count: number;
  /** [true class][predicted class] counts. */
  confusion: number[][];
  perClass: ClassMetrics[];
  accuracy: Proportion;
  /** Mean of −log p(true class), natural logarithm. */
  logLoss: number;
  calibration: Calibration;
  coverage: CoveragePoint[];
}

/**
 * All metrics at once.
 * @param probabilities [N, K], rows sum to 1
 * @param labels [N], true class of each sample, 0…K−1
 */
export function evaluate(probabilities: Float32Array, labels: ArrayLike<number>, classes: number): Metrics {
  const predicted = predictions(probabilities, classes);
  const confidence = Float32Array.from(predicted, (k, i) => probabilities[i * classes + k]!);
  const correct = Array.from(predicted, (k, i) => k === labels[i]);
  const confusion = confusionMatrix(predicted, labels, classes);
  return {
    count: labels.length,
    confusion,
    perClass: classMetrics(confusion),
    accuracy: wilsonInterval(correct.filter(Boolean).length, labels.length),
    logLoss: logLoss(probabilities, labels, classes),
    calibration: calibration(confidence, correct),
    coverage: coverageCurve(confidence, correct),
  };
}

/** Most probable class of each row of [N, K] (the first on ties): [N]. */
export function predictions(scores: Float32Array, classes: number): Int32Array {
  const best = new Int32Array(scores.length / classes);
  for (let i = 0; i < best.length; i++) {
    for (let k = 1; k < classes; k++) {
      if (scores[i * classes + k]! > scores[i * classes + best[i]!]!) best[i] = k;
    }
  }
  return best;
}

/** Counts by [true class][predicted class]. */
export function confusionMatrix(predicted: ArrayLike<number>, labels: ArrayLike<number>, classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]![predicted[i]!]!++;
  return counts;
}

/** Precision, recall, F1 and support of each class of a confusion matrix. */
export function classMetrics(confusion: number[][]): ClassMetrics[] {
  return confusion.map((row, k) => {
    const support = row.reduce((sum, n) => sum + n, 0);
    const called = confusion.reduce((sum, other) => sum + other[k]!, 0);
    const hits = row[k]!;
    return {
      precision: called > 0 ? hits / called : null,
      recall: support > 0 ? hits / support : null,
      f1: called + support > 0 ? (2 * hits) / (called + support) : null,
      support,
    };
  });
}

/** z of a two-sided 95% interval. */
const Z = 1.959963984540054;

/** `successes / count` with its 95% score interval (Wilson 1927), which stays within 0…1; 0…1 when `count` is 0. */
export function wilsonInterval(successes: number, count: number): Proportion {
  if (count === 0) return { value: 0, low: 0, high: 1, count };
  const p = successes / count;
  const z2 = (Z * Z) / count;
  const middle = (p + z2 / 2) / (1 + z2);
  const half = (Z * Math.sqrt((p * (1 - p)) / count + z2 / (4 * count))) / (1 + z2);
  return { value: p, low: successes === 0 ? 0 : middle - half, high: successes === count ? 1 : middle + half, count };
}

/** Mean of −log p(true class) over [N, K]; probabilities are taken as at least 1e-12. 0 for no samples. */
export function logLoss(probabilities: Float32Array, labels: ArrayLike<number>, classes: number): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum -= Math.log(Math.max(probabilities[i * classes + labels[i]!]!, 1e-12));
  return labels.length === 0 ? 0 : sum / labels.length;
}

/** Reliability diagram of `binCount` equal ranges of confidence (Guo et al. 2017) and its expected calibration error. */
export function calibration(confidence: ArrayLike<number>, correct: readonly boolean[], binCount = 10): Calibration {
  const sums = Array.from({ length: binCount }, () => ({ count: 0, confidence: 0, hits: 0 }));
  for (let i = 0; i < correct.length; i++) {
    const index = Math.min(binCount - 1, Math.max(0, Math.ceil(confidence[i]! * binCount) - 1));
    const bin = sums[index]!;
    bin.count++;
    bin.confidence += confidence[i]!;
    if (correct[i]) bin.hits++;
  }
  let error = 0;
  const bins = sums.map(({ count, confidence: total, hits }, index) => {
    if (count > 0) error += Math.abs(hits - total) / correct.length;
    return {
      low: index / binCount,
      high: (index + 1) / binCount,
      count,
      confidence: count > 0 ? total / count : null,
      accuracy: count > 0 ? hits / count : null,
    };
  });
  return { bins, error };
}

/**
 * Accuracy against coverage for every useful "unknown" threshold: one point per distinct confidence, ascending, after a
 * first point at 0 (every sample answered).
 */
export function coverageCurve(confidence: ArrayLike<number>, correct: readonly boolean[]): CoveragePoint[] {
  const order = Array.from(correct, (_, i) => i).sort((a, b) => confidence[b]! - confidence[a]!);
  const points: CoveragePoint[] = [];
  let hits = 0;
  order.forEach((sample, position) => {
    if (correct[sample]) hits++;
    const following = order[position + 1];
    if (following !== undefined && confidence[following] === confidence[sample]) return;
    const given = position + 1;
    points.push({ threshold: confidence[sample]!, coverage: given / correct.length, accuracy: hits / given });
  });
  points.push({ threshold: 0, coverage: 1, accuracy: correct.length > 0 ? hits / correct.length : null });
  return points.reverse();
}
