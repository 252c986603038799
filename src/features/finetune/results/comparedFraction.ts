import type { Strategy } from '../../../core/training/model.ts';
import type { Job } from '../../../store/training.ts';

export type Comparing = NonNullable<Job['comparing']>;

/** Of a strategy's time, the part in which its photos become vectors; all its trainings share the rest. */
const READING = 0.8;

/** Share of a comparison that is done, 0…1; it never falls. */
export function comparedFraction(
  { strategy, done, total, photos }: Comparing,
  strategies: readonly Strategy[],
): number {
  const before = strategies.indexOf(strategy);
  const trainings = total / strategies.length;
  const own = done - before * trainings;
  const read = photos && own === 0 ? photos.done / Math.max(1, photos.total) : 1;
  return (before + READING * read + (1 - READING) * (own / trainings)) / strategies.length;
}
