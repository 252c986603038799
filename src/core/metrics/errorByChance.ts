import { createRandom } from '../random.ts';
import { calibration } from './metrics.ts';

/** Claims are drawn this often in all, and each no oftener than {@link MOST_DRAWS} times: the page waits for it. */
const MOST_CLAIMS = 50_000;
const MOST_DRAWS = 500;

/** An answer's confidence, 0…1. Answers of the same `photo` are right or wrong together. */
export interface Claim {
  photo: string | number;
  confidence: number;
}

/** The calibration error that perfectly honest percentages would show. */
export interface ChanceError {
  mean: number;
  /** 95 of 100 such classifiers stay below. */
  high: number;
}

/**
 * Binned calibration errors are above 0 by chance: with 50 photos and 86 % right a classifier whose percentages are exactly true still shows 7 points on
 * average (Kumar et al. 2019, §4). So: the same claims, each right as often as it says, drawn up to 500 times. A photo that is claimed several times has one
 * luck, since the labels of 200 photos do not become more by being asked for often.
 */
export function errorByChance(claims: readonly Claim[], seed = 1): ChanceError {
  const random = createRandom(seed);
  const confidence = claims.map((claim) => claim.confidence);
  const draws = Math.max(20, Math.min(MOST_DRAWS, Math.floor(MOST_CLAIMS / Math.max(1, claims.length))));
  const errors = Array.from({ length: draws }, () => {
    const luck = new Map<string | number, number>();
    const correct = claims.map(({ photo, confidence }) => {
      const drawn = luck.get(photo) ?? random.next();
      luck.set(photo, drawn);
      return drawn < confidence;
    });
    return calibration(confidence, correct).error;
  });
  errors.sort((a, b) => a - b);
  return {
    mean: errors.reduce((sum, error) => sum + error, 0) / draws,
    high: errors[Math.floor(0.95 * draws)] ?? 0,
  };
}
