import type { Analysis } from '../core/model.ts';
import type { HeadEntry } from './settings.ts';

/**
 * The threshold that an answer stays below, so that it counts as "unknown"; null when it does not.
 * Only heads trained here have a threshold.
 */
export function unknownBelow(analysis: Analysis, heads: readonly HeadEntry[]): number | null {
  const choice = analysis.head?.choice;
  const best = analysis.top[0];
  if (typeof choice !== 'object' || !best) return null;
  const threshold = heads.find(({ id }) => id === choice.id)?.threshold ?? 0;
  return best.score < threshold ? threshold : null;
}
