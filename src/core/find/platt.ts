/** Probability = 1 / (1 + exp(−(slope·score + offset))). */
export interface Platt {
  slope: number;
  offset: number;
}

/** Where there is nothing to fit to: what box voting takes a score for. */
export const DEFAULT_PLATT: Platt = { slope: 2, offset: 0 };

const STEPS = 100;

export function plattProbability({ slope, offset }: Platt, score: number): number {
  return 1 / (1 + Math.exp(-(slope * score + offset)));
}

/**
 * Platt scaling (Platt 1999): the logistic curve of a score that is likeliest on these answers, by Newton's method with halved steps (Lin, Lin and
 * Weng 2007). Targets are (n₊+1)/(n₊+2) and 1/(n₋+2), so that few answers do not make it certain.
 */
export function fitPlatt(scores: readonly number[], right: readonly boolean[]): Platt {
  const positives = right.filter(Boolean).length;
  const negatives = right.length - positives;
  if (positives === 0 || negatives === 0) return DEFAULT_PLATT;
  const targets = right.map((one) => (one ? (positives + 1) / (positives + 2) : 1 / (negatives + 2)));
  const loss = ({ slope, offset }: Platt) =>
    scores.reduce((sum, score, i) => {
      const z = slope * score + offset;
      const t = targets[i] as number;
      return sum + (z >= 0 ? Math.log1p(Math.exp(-z)) + (1 - t) * z : Math.log1p(Math.exp(z)) - t * z);
    }, 0);
  let fit: Platt = { slope: 0, offset: Math.log((positives + 1) / (negatives + 1)) };
  let now = loss(fit);
  for (let step = 0; step < STEPS; step++) {
    let [a, b, c, gradientSlope, gradientOffset] = [1e-12, 0, 1e-12, 0, 0];
    scores.forEach((score, i) => {
      const p = plattProbability(fit, score);
      const weight = p * (1 - p);
      a += weight * score * score;
      b += weight * score;
      c += weight;
      gradientSlope += (p - (targets[i] as number)) * score;
      gradientOffset += p - (targets[i] as number);
    });
    if (Math.hypot(gradientSlope, gradientOffset) < 1e-8) break;
    const determinant = a * c - b * b;
    const slopeStep = -(c * gradientSlope - b * gradientOffset) / determinant;
    const offsetStep = -(a * gradientOffset - b * gradientSlope) / determinant;
    let share = 1;
    let next = fit;
    for (; share > 1e-10; share /= 2) {
      next = { slope: fit.slope + share * slopeStep, offset: fit.offset + share * offsetStep };
      if (loss(next) < now) break;
    }
    if (share <= 1e-10) break;
    fit = next;
    now = loss(fit);
  }
  // More score is never less likely.
  return fit.slope > 0 ? fit : DEFAULT_PLATT;
}
