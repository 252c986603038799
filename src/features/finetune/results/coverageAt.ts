import type { Metrics } from '../../../core/training/model.ts';

/** How many photos get an answer at a threshold, and how many of the answers are right; from the curve's points, ascending in threshold. */
export function coverageAt(
  points: Metrics['coverage'],
  threshold: number,
): { coverage: number; accuracy: number | null } {
  // Between two confidences that occur, the answers given are those of the next higher one.
  const point = points.find((one) => one.threshold >= threshold);
  return point ? { coverage: point.coverage, accuracy: point.accuracy } : { coverage: 0, accuracy: null };
}
